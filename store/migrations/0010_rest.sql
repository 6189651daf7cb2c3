-- Rest periods that a person changed by hand. A layer is what was changed of the rest periods that one source
-- gave (a diary, an algorithm); each state it had is a revision, and none is ever changed. Where the last
-- revision removed the layer, the recording's rest periods are those of before.
CREATE TABLE rest_layers (
    key       INTEGER PRIMARY KEY AUTOINCREMENT,       -- never used twice
    recording INTEGER NOT NULL REFERENCES recordings (key) ON DELETE CASCADE,
    source    TEXT NOT NULL,                           -- 'diary', 'crespo', ...; '' where it began empty
    original  TEXT NOT NULL CHECK (json_type(original) = 'array')   -- what the source gave, as periods below
) STRICT;
CREATE INDEX rest_layers_recording ON rest_layers (recording);

CREATE TABLE rest_revisions (
    key     INTEGER PRIMARY KEY,                       -- in the order they were made
    layer   INTEGER NOT NULL REFERENCES rest_layers (key) ON DELETE CASCADE,
    number  INTEGER NOT NULL CHECK (number > 0),
    at      TEXT NOT NULL,
    author  TEXT NOT NULL,
    reason  TEXT NOT NULL,
    act     TEXT NOT NULL CHECK (act IN ('created', 'edited', 'removed')),
    periods TEXT NOT NULL CHECK (json_type(periods) = 'array'),     -- of the file's epochs, in order
    UNIQUE (layer, number)
) STRICT;
CREATE TRIGGER rest_revisions_stay BEFORE UPDATE ON rest_revisions
BEGIN SELECT raise(ABORT, 'a revision of rest periods is never changed'); END;
