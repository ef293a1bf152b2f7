-- Letters that are due and that the guard stops: they are not written, and tried again in every round.
-- Written by outbox/due/stopped_letters.py alone; a row goes when its letter is written or is not due any more.

CREATE TABLE stopped (
    key        TEXT PRIMARY KEY,           -- what the letter is called in commands, with its repetition
    delivery_id INTEGER REFERENCES deliveries (id), -- as in `letters`
    decision_id INTEGER REFERENCES decisions (id),
    kind       TEXT NOT NULL,              -- as in `letters`
    case_id    INTEGER REFERENCES cases (id),
    agency_id  INTEGER REFERENCES agencies (id),
    contact_id INTEGER REFERENCES contacts (id), -- to whom; NULL for the board's own officers
    since      TEXT NOT NULL               -- when it was stopped first (UTC)
) STRICT, WITHOUT ROWID;
