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

-- What a digest asks, under its number there: the numbers run once over all its lists and are its own
-- for good; and what the links of an answer to a mail are about. Written by outbox/orders/numbered_asks.py
-- alone, with the letter.
CREATE TABLE numbered_asks (
    letter_id INTEGER NOT NULL REFERENCES letters (id),  -- the digest, or the answer
    number    INTEGER NOT NULL CHECK (number > 0),
    sort      TEXT NOT NULL
              CHECK (sort IN (
                  '',                      -- nothing that is settled by mail
                  'entries',               -- entries that wait for a person, by their numbers
                  'letters',               -- letters that have come to rest, by their numbers
                  'stopped',               -- letters that the guard stops, by their keys
                  'case',                  -- a case as a whole
                  'agency'                 -- an agency in it, in an answer
              )),
    items     TEXT NOT NULL,               -- which, as JSON
    entry_seen INTEGER NOT NULL,           -- the last entry that there was then: what came later she has not seen
    decision_seen INTEGER NOT NULL,        -- the last decision that was taken then
    sealed    BLOB NOT NULL,               -- what it says, its links, and what the code of those stands for
    PRIMARY KEY (letter_id, number)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER numbered_asks_stand BEFORE UPDATE ON numbered_asks
BEGIN SELECT RAISE(ABORT, 'what a digest asked stands'); END;

CREATE TRIGGER numbered_asks_stay BEFORE DELETE ON numbered_asks
BEGIN SELECT RAISE(ABORT, 'what a digest asked is never forgotten'); END;
