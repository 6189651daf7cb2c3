-- Which sizes were run on which recording is answered from the index alone: the results themselves hold
-- the embeddings, and reading them all for a table of participants would take seconds in a large library.
DROP INDEX results_recording;
CREATE INDEX results_recording ON results (recording, model, weights_state);
