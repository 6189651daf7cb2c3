-- The files that an import went through to their end, so that one that was cut off goes on where it
-- stopped, and a second import passes over what is there without reading it again.
CREATE TABLE files (
    key        INTEGER PRIMARY KEY,
    name       TEXT NOT NULL,                               -- base name
    sha256     TEXT NOT NULL CHECK (sha256 <> ''),
    options    TEXT NOT NULL CHECK (json_valid(options)),   -- how it was read
    recordings INTEGER NOT NULL CHECK (recordings > 0),     -- how many it gave
    UNIQUE (sha256, name, options)
) STRICT;

CREATE TABLE file_recordings (
    file      INTEGER NOT NULL REFERENCES files (key) ON DELETE CASCADE,
    position  INTEGER NOT NULL,                             -- in the file
    recording INTEGER NOT NULL REFERENCES recordings (key) ON DELETE CASCADE,
    PRIMARY KEY (file, position)
) STRICT, WITHOUT ROWID;
CREATE INDEX file_recordings_recording ON file_recordings (recording);
