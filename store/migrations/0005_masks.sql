-- Masks over recordings: who says that the device was not worn, when. A layer is one mask; each state it
-- had is a revision, and none is ever changed. What lies in samples stays as it was measured.
CREATE TABLE layers (
    key           INTEGER PRIMARY KEY AUTOINCREMENT,   -- never used twice
    recording     INTEGER NOT NULL REFERENCES recordings (key) ON DELETE CASCADE,
    kind          TEXT NOT NULL CHECK (kind IN ('algorithm', 'manual', 'file')),
    name          TEXT NOT NULL,
    method        TEXT NOT NULL,
    parameters    TEXT NOT NULL CHECK (json_type(parameters) = 'object'),
    source_sha256 TEXT NOT NULL
) STRICT;
CREATE INDEX layers_recording ON layers (recording);

CREATE TABLE layer_revisions (
    key       INTEGER PRIMARY KEY,                     -- in the order they were made
    layer     INTEGER NOT NULL REFERENCES layers (key) ON DELETE CASCADE,
    number    INTEGER NOT NULL CHECK (number > 0),
    at        TEXT NOT NULL,
    author    TEXT NOT NULL,
    reason    TEXT NOT NULL,
    act       TEXT NOT NULL CHECK (act IN ('created', 'drawn', 'erased', 'undone', 'redone', 'switched', 'removed')),
    switched  INTEGER NOT NULL CHECK (switched IN (0, 1)),
    intervals TEXT NOT NULL CHECK (json_type(intervals) = 'array'),   -- [[from, to], [from, to, "worn"], ...] in epochs
    UNIQUE (layer, number)
) STRICT;
CREATE TRIGGER layer_revisions_stay BEFORE UPDATE ON layer_revisions
BEGIN SELECT raise(ABORT, 'a revision of a layer is never changed'); END;

-- What the layers that are on make together: its id, and the minutes worn on each day; '' and NULL where
-- none is on.
ALTER TABLE recordings ADD COLUMN mask TEXT NOT NULL DEFAULT '';
ALTER TABLE recordings ADD COLUMN worn_days TEXT CHECK (json_type(worn_days) = 'array');

-- The mask that a result was made under. Results of another mask than the recording's stay in the file and
-- are not shown: they are of other data.
ALTER TABLE results ADD COLUMN mask TEXT NOT NULL DEFAULT '';
DROP INDEX results_recording;
CREATE INDEX results_recording ON results (recording, model, weights_state, mask);
