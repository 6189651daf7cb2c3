-- The time zones that people named, for the study, a device or a recording. Rows are never changed: the last
-- one of a target holds, and one without a zone takes it away.
CREATE TABLE zones (
    key       INTEGER PRIMARY KEY AUTOINCREMENT,
    scope     TEXT NOT NULL CHECK (scope IN ('study', 'device', 'recording')),
    device    TEXT NOT NULL,                                            -- as recordings name it; '' for the other scopes
    recording INTEGER REFERENCES recordings (key) ON DELETE CASCADE,    -- NULL for the other scopes
    zone      TEXT NOT NULL,                                            -- IANA name at the start; '' takes the zone away
    clock     TEXT NOT NULL CHECK (clock IN ('', 'kept', 'followed')),  -- what the device's clock did
    moves     TEXT NOT NULL CHECK (json_type(moves) = 'array'),         -- of {from, zone}
    named_by  TEXT NOT NULL,
    named_at  TEXT NOT NULL,
    reason    TEXT NOT NULL,
    CHECK ((scope = 'recording') = (recording IS NOT NULL))
) STRICT;
CREATE INDEX zones_recording ON zones (recording);

-- The wall clock that a result's weeks were cut by, as JSON, where it changed during the recording.
ALTER TABLE results ADD COLUMN clock TEXT NOT NULL DEFAULT '';
