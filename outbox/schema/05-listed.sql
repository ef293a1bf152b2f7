-- What a digest told in one line, under the name that the line's command has: a command about the line
-- is about exactly these. Written by outbox/sending/letter_queue.py alone, with the digest; forgotten after some months.

CREATE TABLE listed (
    letter_id INTEGER NOT NULL REFERENCES letters (id),  -- the digest
    name      TEXT NOT NULL,               -- made of what is in it: the same things have the same name
    what      TEXT NOT NULL
              CHECK (what IN (
                  'entries',               -- the numbers of entries that wait for a person
                  'letters',               -- the numbers of letters that have come to rest
                  'stopped'                -- the keys of letters that the guard stops
              )),
    items     TEXT NOT NULL,               -- as JSON
    PRIMARY KEY (name, letter_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX listed_by_letter ON listed (letter_id);

CREATE TRIGGER listed_stands BEFORE UPDATE ON listed
BEGIN SELECT RAISE(ABORT, 'what a digest listed stands'); END;
