-- What to know of a measure's value, such as that equal windows were chosen among: number of a text of its basis,
-- NULL for nothing.
ALTER TABLE measures ADD COLUMN note INTEGER;
