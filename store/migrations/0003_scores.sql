-- What the head of a fine-tuned weights file gave, and the name of that file; NULL and '' where the weights
-- have no head, or where the result is older than this migration.
ALTER TABLE results ADD COLUMN score REAL CHECK (score BETWEEN 0 AND 1);
ALTER TABLE results ADD COLUMN score_name TEXT NOT NULL DEFAULT '';
-- The table of participants shows scores without reading the results.
CREATE INDEX results_scored ON results (recording, week_start) WHERE score IS NOT NULL;
