-- The mails by which the administrator answers a digest, and what was done by them. Written by
-- outbox/orders/order_records.py alone.

CREATE TABLE order_mails (
    delivery_id INTEGER PRIMARY KEY REFERENCES deliveries (id),
    outcome   TEXT NOT NULL
              CHECK (outcome IN (
                  'answered',              -- it counts: its sender is told what was done, and what was asked back
                  'refused'                -- it does not: nothing was done, and its sender hears nothing
              )),
    why       TEXT NOT NULL DEFAULT ''     -- why it does not count; '' for one that does
              CHECK (why IN (
                  '',
                  'unclear',               -- it names no sender, several, or two that differ
                  'another',               -- somebody else sent it in that name, or only passed the digest on
                  'unproven',              -- nothing proves that it comes from whom it names
                  'no key'                 -- it answers no digest of ours
              )),
    sealed    BLOB NOT NULL,               -- to whom the answer goes, and all that it says
    settled   TEXT NOT NULL,               -- when (UTC)
    CHECK ((outcome = 'refused') = (why <> ''))
) STRICT;

CREATE TRIGGER order_mails_stand BEFORE UPDATE ON order_mails
BEGIN SELECT RAISE(ABORT, 'what came of a mail stands'); END;

CREATE TRIGGER order_mails_stay BEFORE DELETE ON order_mails
BEGIN SELECT RAISE(ABORT, 'what came of a mail is never forgotten'); END;

-- What was done about an ask of a digest.
CREATE TABLE orders (
    id        INTEGER PRIMARY KEY,
    delivery_id INTEGER NOT NULL REFERENCES deliveries (id),  -- the mail that asked for it
    letter_id INTEGER NOT NULL,            -- the digest
    number    INTEGER NOT NULL,            -- what it asked, by its number there
    word      TEXT NOT NULL,               -- the order's word: 'accept', 'send back'
    decisions TEXT NOT NULL,               -- the numbers of the decisions that it came to, as JSON
    sealed    BLOB NOT NULL,               -- what was answered, and what it takes to undo it
    done      TEXT NOT NULL,               -- when (UTC)
    undone_in INTEGER REFERENCES deliveries (id), -- the mail that undid it; NULL while it stands
    FOREIGN KEY (letter_id, number) REFERENCES numbered_asks (letter_id, number)
) STRICT;
-- Once: of each ask one order stands; what was accepted may be asked about again, and more time is given
-- to each return that it asks for. What is done beside an
-- ask settles it not: something is handed in, or somebody registered, left in peace or taken out.
CREATE UNIQUE INDEX one_order ON orders (letter_id, number, word IN ('ask again', 'cleared'))
    WHERE undone_in IS NULL AND word NOT IN ('more time', 'hand in', 'register author', 'register commissioner',
                                             'remove', 'pause', 'bring back');
CREATE INDEX orders_by_delivery ON orders (delivery_id);

CREATE TRIGGER orders_stand
BEFORE UPDATE OF id, delivery_id, letter_id, number, word, decisions, sealed, done ON orders
BEGIN SELECT RAISE(ABORT, 'what was done stands'); END;

CREATE TRIGGER orders_are_undone_once BEFORE UPDATE OF undone_in ON orders
WHEN OLD.undone_in IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'an order is undone once'); END;

CREATE TRIGGER orders_stay BEFORE DELETE ON orders
BEGIN SELECT RAISE(ABORT, 'what was done is never forgotten'); END;

-- That the administrator is away, by an automatic answer of theirs: who answers for them then gets the
-- digest. Written by outbox/orders/officer_absences.py alone.
CREATE TABLE officer_absences (
    id        INTEGER PRIMARY KEY,
    until     TEXT,                        -- the last day away; NULL when the note does not plainly say
    noted     TEXT NOT NULL,               -- when (UTC)
    ended     TEXT                         -- when they wrote themselves before that day (UTC)
) STRICT;
