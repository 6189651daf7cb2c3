-- Tables of participants: what a file tells of people, one row a person. Rows name people as the table does;
-- they belong to the participants of that name, or one of whose files names that person.
CREATE TABLE people_tables (
    key             INTEGER PRIMARY KEY AUTOINCREMENT,  -- never used twice
    name            TEXT NOT NULL,                      -- base name of the file
    sha256          TEXT NOT NULL CHECK (sha256 <> ''),
    imported_at     TEXT NOT NULL,
    program_version TEXT NOT NULL,
    id_column       TEXT NOT NULL,
    visit_column    TEXT NOT NULL,                      -- '' where there is none
    visits          TEXT NOT NULL CHECK (visits IN ('', 'first', 'last', 'each')),  -- '' where nobody has several rows
    notes           TEXT NOT NULL CHECK (json_type(notes) = 'array')
) STRICT;

CREATE TABLE people_variables (
    tbl      INTEGER NOT NULL REFERENCES people_tables (key) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    name     TEXT NOT NULL,
    type     TEXT NOT NULL CHECK (type IN ('number', 'category', 'date', 'text')),
    PRIMARY KEY (tbl, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE people_rows (
    tbl        INTEGER NOT NULL REFERENCES people_tables (key) ON DELETE CASCADE,
    person     TEXT NOT NULL COLLATE NOCASE,
    line       INTEGER NOT NULL,
    row_values TEXT NOT NULL CHECK (json_type(row_values) = 'array'),  -- a text a variable, '' where there is none
    PRIMARY KEY (tbl, person)
) STRICT, WITHOUT ROWID;
CREATE INDEX people_rows_person ON people_rows (person);
