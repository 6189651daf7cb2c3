-- Sleep diaries: what people wrote down of their nights, as the files had it. Entries name people as the
-- diary does; they belong to the participant of that name, or one of whose files names that person.
CREATE TABLE diaries (
    key             INTEGER PRIMARY KEY AUTOINCREMENT,  -- never used twice
    name            TEXT NOT NULL,                      -- base name of the file
    sha256          TEXT NOT NULL UNIQUE CHECK (sha256 <> ''),
    imported_at     TEXT NOT NULL,
    program_version TEXT NOT NULL,
    notes           TEXT NOT NULL CHECK (json_type(notes) = 'array')
) STRICT;

CREATE TABLE diary_entries (
    diary    INTEGER NOT NULL REFERENCES diaries (key) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    subject  TEXT NOT NULL COLLATE NOCASE,
    kind     TEXT NOT NULL CHECK (kind IN ('night', 'nap', 'not worn', 'active', 'analysis')),
    start    TEXT NOT NULL,                             -- wall clock, 2005-03-06T22:30:00
    stop     TEXT NOT NULL,
    asleep   TEXT NOT NULL,                             -- '' where the diary does not tell
    awake    TEXT NOT NULL,
    note     TEXT NOT NULL,
    line     INTEGER NOT NULL,
    PRIMARY KEY (diary, position)
) STRICT, WITHOUT ROWID;
CREATE INDEX diary_entries_subject ON diary_entries (subject);
