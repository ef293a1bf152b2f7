-- What was put back beside a dropped file, in `returned/` of the folder it came from. Derived like a
-- letter, and made once. Written by outbox/due/receipts.py alone.

CREATE TABLE slips (
    delivery_id INTEGER NOT NULL REFERENCES deliveries (id),
    agency_id   INTEGER NOT NULL REFERENCES agencies (id),
    what        TEXT NOT NULL
                CHECK (what IN (
                    'receipt',             -- in plain words: what it was taken for, what becomes of it
                    'copy'                 -- the document with a comment at each fault
                )),
    outcome     TEXT NOT NULL
                CHECK (outcome IN (
                    'put',                 -- it lies there, durably
                    'none',                -- there is none of it to be had: not Word, not at fault, signed
                    'tried',               -- letters were only tried then: nothing was put back
                    'given up'             -- the folder could not be written for days
                )),
    at          TEXT NOT NULL,             -- when (UTC)
    PRIMARY KEY (delivery_id, agency_id, what)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER slips_stand BEFORE UPDATE ON slips
BEGIN SELECT RAISE(ABORT, 'what was put back stands'); END;

CREATE TRIGGER slips_stay BEFORE DELETE ON slips
BEGIN SELECT RAISE(ABORT, 'what was put back is never forgotten'); END;
