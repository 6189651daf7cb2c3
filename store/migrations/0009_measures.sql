-- Measures as they were computed. A basis is the data that was measured, a formula the measure as a version
-- of its code computes it; a value belongs to one of each. Nothing here is changed when a mask, a zone or a
-- diary is: that makes another basis.
CREATE TABLE measure_bases (
    key       INTEGER PRIMARY KEY,
    id        TEXT NOT NULL UNIQUE CHECK (length(id) = 32),
    recording INTEGER NOT NULL REFERENCES recordings (key) ON DELETE CASCADE,
    mask      TEXT NOT NULL,                -- id of the mask; '' where none was on
    zone      TEXT NOT NULL,                -- JSON of the place that was named; '' where none was
    rest      TEXT NOT NULL                 -- id of the diary and the rest periods; '' without
) STRICT;
CREATE INDEX measure_bases_recording ON measure_bases (recording);

CREATE TABLE measure_formulas (
    key        INTEGER PRIMARY KEY,
    id         TEXT NOT NULL UNIQUE CHECK (length(id) = 32),
    measure    TEXT NOT NULL,
    definition TEXT NOT NULL,
    parameters TEXT NOT NULL CHECK (json_type(parameters) = 'array'),   -- [[name, value], ...]
    version    INTEGER NOT NULL,            -- of the measure's code
    unit       TEXT NOT NULL
) STRICT;

-- When values were computed, by which program.
CREATE TABLE measure_times (
    key             INTEGER PRIMARY KEY,
    computed_at     TEXT NOT NULL,
    program_version TEXT NOT NULL,
    UNIQUE (computed_at, program_version)
) STRICT;

-- Reasons, the labels of parts, settled parameters, which many values of a basis have in common.
CREATE TABLE measure_texts (
    basis  INTEGER NOT NULL REFERENCES measure_bases (key) ON DELETE CASCADE,
    number INTEGER NOT NULL,
    text   TEXT NOT NULL,
    PRIMARY KEY (basis, number)
) STRICT, WITHOUT ROWID;

CREATE TABLE measures (
    basis        INTEGER NOT NULL REFERENCES measure_bases (key) ON DELETE CASCADE,
    formula      INTEGER NOT NULL REFERENCES measure_formulas (key),
    value        REAL,                      -- NULL where reason says why there is none
    reason       INTEGER,                   -- number of a text; NULL where there is a value
    parts        BLOB,                      -- float64, little-endian, one a part, NaN for none; NULL without parts
    parts_crc32  INTEGER,
    part_labels  INTEGER,                   -- number of a text: a JSON list, one a part
    part_reasons INTEGER,                   -- number of a text: a JSON list, '' for parts with a value; NULL where all have one
    settled      INTEGER,                   -- number of a text: the parameters that were used; NULL where they are the formula's
    made         INTEGER NOT NULL REFERENCES measure_times (key),
    PRIMARY KEY (basis, formula),
    FOREIGN KEY (basis, reason) REFERENCES measure_texts (basis, number),
    FOREIGN KEY (basis, settled) REFERENCES measure_texts (basis, number),
    FOREIGN KEY (basis, part_labels) REFERENCES measure_texts (basis, number),
    FOREIGN KEY (basis, part_reasons) REFERENCES measure_texts (basis, number),
    CHECK ((value IS NULL) = (reason IS NOT NULL)),
    CHECK ((parts IS NULL) = (part_labels IS NULL) AND (parts IS NULL) = (parts_crc32 IS NULL))
) STRICT, WITHOUT ROWID;
