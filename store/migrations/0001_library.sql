-- The library, as docs/store.md describes it. Never change a migration that was released: add one.

-- The steps that made this file what it is. Every later version keeps this table as it is, so that any
-- program can say who wrote the file.
CREATE TABLE migrations (
    version         INTEGER PRIMARY KEY,
    applied_at      TEXT NOT NULL,          -- RFC 3339, UTC, as all times of the program
    program_version TEXT NOT NULL
) STRICT;

CREATE TABLE participants (
    key      INTEGER PRIMARY KEY,
    label    TEXT NOT NULL UNIQUE CHECK (label <> ''),
    added_at TEXT NOT NULL
) STRICT;

CREATE TABLE imports (
    id              INTEGER PRIMARY KEY AUTOINCREMENT,  -- never used twice
    started_at      TEXT NOT NULL,
    finished_at     TEXT,                               -- NULL: running, or cut off
    program_version TEXT NOT NULL
) STRICT;

CREATE TABLE recordings (
    key            INTEGER PRIMARY KEY,
    id             TEXT NOT NULL UNIQUE CHECK (length(id) = 32),
    participant    INTEGER NOT NULL REFERENCES participants (key),
    import         INTEGER NOT NULL REFERENCES imports (id),
    device         TEXT NOT NULL,
    site           TEXT NOT NULL,
    start          TEXT NOT NULL,           -- with an offset, without a zone, as 'Sat 00:00:00', or ''
    zone           TEXT NOT NULL,           -- IANA name where it is known; '' otherwise
    epoch_ns       INTEGER NOT NULL CHECK (epoch_ns > 0),
    epochs         INTEGER NOT NULL CHECK (epochs > 0),
    missing        INTEGER NOT NULL,
    days_complete  INTEGER NOT NULL,
    sum            REAL NOT NULL,
    zeros          INTEGER NOT NULL,
    unit_quantity  TEXT NOT NULL,
    unit_device    TEXT NOT NULL,
    unit_axis      TEXT NOT NULL,
    channels       TEXT NOT NULL CHECK (json_type(channels) = 'array'),
    source_name    TEXT NOT NULL,
    source_format  TEXT NOT NULL,
    source_subject TEXT NOT NULL,
    source_sha256  TEXT NOT NULL,
    source_channel TEXT NOT NULL,
    source_options TEXT NOT NULL CHECK (json_type(source_options) = 'object'),
    source_notes   TEXT NOT NULL CHECK (json_type(source_notes) = 'array')
) STRICT;
CREATE INDEX recordings_participant ON recordings (participant);
CREATE INDEX recordings_import ON recordings (import);

CREATE TABLE samples (
    recording INTEGER NOT NULL REFERENCES recordings (key) ON DELETE CASCADE,
    channel   TEXT NOT NULL,                -- '' is the activity
    day       INTEGER NOT NULL CHECK (day >= 0),
    first     INTEGER NOT NULL CHECK (first >= 0),
    epochs    INTEGER NOT NULL CHECK (epochs > 0),
    encoding  TEXT NOT NULL CHECK (encoding IN ('i16', 'i32', 'f32', 'f64')),
    decimals  INTEGER NOT NULL CHECK (decimals BETWEEN 0 AND 6),
    crc32     INTEGER NOT NULL,
    data      BLOB NOT NULL,
    UNIQUE (recording, channel, day)
) STRICT;

CREATE TABLE outcomes (
    import    INTEGER NOT NULL REFERENCES imports (id) ON DELETE CASCADE,
    position  INTEGER NOT NULL,
    path      TEXT NOT NULL,
    status    TEXT NOT NULL CHECK (status IN ('imported', 'duplicate', 'refused')),
    recording TEXT NOT NULL,                -- id; '' where the file gave none
    subject   TEXT NOT NULL,
    warnings  TEXT NOT NULL CHECK (json_type(warnings) = 'array'),
    error     TEXT NOT NULL,
    PRIMARY KEY (import, position)
) STRICT, WITHOUT ROWID;
CREATE INDEX outcomes_recording ON outcomes (recording);

CREATE TABLE scalers (
    key         INTEGER PRIMARY KEY,
    id          TEXT NOT NULL UNIQUE CHECK (length(id) = 32),
    name        TEXT NOT NULL,
    kind        TEXT NOT NULL,
    week_start  TEXT NOT NULL,
    weeks       INTEGER NOT NULL,
    unit        TEXT NOT NULL,
    fitted_at   TEXT NOT NULL,
    mean        BLOB NOT NULL,              -- float64, little-endian
    mean_crc32  INTEGER NOT NULL,
    scale       BLOB NOT NULL,
    scale_crc32 INTEGER NOT NULL
) STRICT;

CREATE TABLE results (
    key              INTEGER PRIMARY KEY,
    id               TEXT NOT NULL UNIQUE CHECK (length(id) = 32),
    recording        INTEGER NOT NULL REFERENCES recordings (key) ON DELETE CASCADE,
    recording_sha256 TEXT NOT NULL,
    week_start       TEXT NOT NULL,
    minutes          INTEGER NOT NULL CHECK (minutes > 0),
    preparation      TEXT NOT NULL,
    scaler_id        TEXT NOT NULL,
    scaler_name      TEXT NOT NULL,
    model            TEXT NOT NULL,
    weights_sha256   TEXT NOT NULL,
    weights_state    TEXT NOT NULL,
    engine           TEXT NOT NULL,
    engine_version   TEXT NOT NULL,
    precision        TEXT NOT NULL,
    device_kind      TEXT NOT NULL,
    filled           REAL NOT NULL CHECK (filled BETWEEN 0 AND 1),
    vector           BLOB NOT NULL,         -- float32, little-endian
    vector_crc32     INTEGER NOT NULL,
    profile          BLOB,                  -- float32, little-endian; NULL where it was not asked for
    profile_crc32    INTEGER,
    seconds          REAL NOT NULL,
    program_version  TEXT NOT NULL,
    device_name      TEXT NOT NULL,
    computed_at      TEXT NOT NULL
) STRICT;
CREATE INDEX results_recording ON results (recording, model);
CREATE INDEX results_model ON results (model, weights_sha256, scaler_id);

CREATE TABLE settings (
    name  TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;
