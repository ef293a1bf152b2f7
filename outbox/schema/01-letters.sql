-- The letter queue: everything ever said to anybody. Written by outbox/sending/letter_queue.py alone.
-- A letter is derived from the register and made once: what it is about are columns, and of each there
-- is one letter to a reader, until it is called back and is due again.

CREATE TABLE letters (
    id         INTEGER PRIMARY KEY,
    key        TEXT NOT NULL,              -- what it is called in commands, without its repetition; nothing is read out of it
    repetition INTEGER NOT NULL DEFAULT 0 CHECK (repetition >= 0), -- how many like it were called back before
    delivery_id INTEGER REFERENCES deliveries (id),  -- it answers this: of several together, the first
    decision_id INTEGER REFERENCES decisions (id),   -- it tells of this: of several together, the first
    entry_id   INTEGER REFERENCES entries (id),      -- something urgent came: this
    outage_id  INTEGER REFERENCES outages (id),      -- an alert of this ...
    outage_over INTEGER CHECK (outage_over IN (0, 1)), -- ... and whether it says that it is over
    kind       TEXT NOT NULL
               CHECK (kind IN (
                   'acknowledgement',      -- all that came is accepted
                   'rejection',            -- something must be mended
                   'unreadable',           -- what must be mended could not be opened at all
                   'referral',             -- received; a person will look at it
                   'duplicate',            -- the same file came again
                   'nothing-found',        -- a message that says a document is attached, and has none
                   'sealed-waiting',       -- a sealed message waits on another site for a person
                   'too-big',              -- a message larger than the service takes
                   'unplaced',             -- it does not say which of its sender's reviews it is for
                   'check-result',         -- what would be said of documents that were not logged
                   'decision',             -- a person has decided about what came
                   'extension',            -- more time was agreed
                   'waiver',               -- a return is no longer asked for
                   'withdrawal',           -- something that should never have come is destroyed
                   'reminder',             -- something is due soon
                   'chaser',               -- something is late
                   'escalation',           -- something is later still
                   'to-chair',             -- it is so late that the chair's office should hear of it
                   'undecided',            -- what came has waited so long for the board that the chair's office should hear of it
                   'digest',               -- the administrator's day
                   'alert',                -- the service itself is in trouble, or well again
                   'confirmation',         -- what was done by the administrator's mail
                   'urgent'                -- something came that the administrator should see within the hour
               )),
    case_id    INTEGER REFERENCES cases (id),
    agency_id  INTEGER REFERENCES agencies (id),
    contact_id INTEGER REFERENCES contacts (id), -- to whom; NULL for the board's own officers
    recipient  BLOB NOT NULL,              -- their address when it was written, encrypted
    message_id TEXT NOT NULL UNIQUE,       -- keyed, so that a reply to it can be told from a forged one
    sealed     BLOB NOT NULL,              -- the whole message, byte for byte: what every try sends
    state      TEXT NOT NULL DEFAULT 'queued'
               CHECK (state IN (
                   'draft',                -- goes only once a person releases it: on the digest
                   'queued',               -- to be sent
                   'sending',              -- handed over, the answer not yet known
                   'sent',                 -- taken by the transport
                   'undelivered',          -- taken, and come back: where for good, its reader is written to no more until a person says that the address works
                   'failed',               -- given up: on the digest
                   'held back',            -- a program may be what it answers, or the guard stops it: on the digest
                   'called back',          -- before it left there was no more reason to send it, or another says what it would: on the digest
                   'cancelled'             -- a person decided that it is not sent
               )),
    tries      INTEGER NOT NULL DEFAULT 0,
    broke      INTEGER NOT NULL DEFAULT 0  -- how often in a row handing it over had no end: counted before, taken back after
               CHECK (broke BETWEEN 0 AND 3),
    by_hand    INTEGER NOT NULL DEFAULT 0 CHECK (by_hand IN (0, 1)), -- a person asked for it to go: no cap holds it
    trial      INTEGER NOT NULL DEFAULT 0 CHECK (trial IN (0, 1)), -- 1: it was tried, and goes to the administrator alone, for good
    retold     TEXT NOT NULL DEFAULT ''    -- of one that was only tried: what it tells is told in another ('anew') or in none
               CHECK (retold IN ('', 'anew', 'never')),
    not_before TEXT NOT NULL,              -- when to try (again) (UTC)
    queued     TEXT NOT NULL,              -- when it was written (UTC)
    since      TEXT NOT NULL,              -- since when it is tried: from then on it has five days (UTC)
    told_on    TEXT NOT NULL,              -- the same as the board's calendar has it: one letter per agency and day
    sent       TEXT,                       -- when it was taken (UTC)
    called_back TEXT,                      -- when it was called back (UTC)
    answer     TEXT NOT NULL DEFAULT '',   -- why the last try did not succeed, or why it is kept in, in words
    reason     TEXT NOT NULL DEFAULT ''    -- the same as one of our reasons (outbox/writing/letter_reasons.py)
               CHECK (reason IN ('', 'full-day', 'full-hour', 'enough-thanks', 'perhaps-a-program', 'full-days',
                                 'barred', 'broken', 'nothing-new', 'later-letter', 'told-before', 'over',
                                 'decided-since', 'settled', 'followed', 'told-together', 'tried')),
    UNIQUE (key, repetition),
    CHECK ((outage_id IS NULL) = (outage_over IS NULL)),
    CHECK (outage_id IS NULL OR kind = 'alert'),
    CHECK ((delivery_id IS NOT NULL) + (decision_id IS NOT NULL) + (entry_id IS NOT NULL)
           + (outage_id IS NOT NULL) <= 1),
    CHECK ((state = 'called back') = (called_back IS NOT NULL)),
    CHECK (agency_id IS NULL OR case_id IS NOT NULL),
    CHECK (contact_id IS NULL OR agency_id IS NOT NULL),
    CHECK (state = 'cancelled' OR (state IN ('sent', 'undelivered')) = (sent IS NOT NULL))
) STRICT;
CREATE INDEX letters_by_state ON letters (state, not_before);
CREATE INDEX letters_by_agency ON letters (agency_id, told_on);
CREATE INDEX letters_by_contact ON letters (contact_id, sent);
CREATE INDEX letters_by_sent ON letters (sent);
CREATE INDEX letters_by_day ON letters (told_on, agency_id);
CREATE INDEX digests ON letters (told_on) WHERE kind = 'digest';
-- Nobody is told the same twice. A delivery may be answered, and may have been sent to be checked, or
-- asked about its review.
CREATE UNIQUE INDEX one_answer
    ON letters (delivery_id, contact_id, kind = 'check-result', kind = 'unplaced', repetition)
    WHERE delivery_id IS NOT NULL;
CREATE UNIQUE INDEX one_letter_a_decision ON letters (decision_id, contact_id, repetition)
    WHERE decision_id IS NOT NULL;
CREATE UNIQUE INDEX one_urgent_note ON letters (entry_id, repetition) WHERE entry_id IS NOT NULL;
CREATE UNIQUE INDEX one_alert ON letters (outage_id, outage_over, repetition)
    WHERE outage_id IS NOT NULL;

CREATE TRIGGER letters_move_forward BEFORE UPDATE OF state ON letters
WHEN OLD.state <> NEW.state AND NOT (
       (OLD.state = 'queued'  AND NEW.state IN ('sending', 'held back', 'called back', 'cancelled'))
    -- Only a person releases a draft.
    OR (OLD.state = 'draft'   AND NEW.state IN ('queued', 'called back', 'cancelled'))
    -- A person takes back that it is to go, before it was tried; or that it is not.
    OR (OLD.state = 'queued' AND NEW.state IN ('draft', 'failed', 'held back', 'undelivered')
        AND OLD.tries = 0)
    OR (OLD.state = 'cancelled'
        AND NEW.state IN ('draft', 'failed', 'held back', 'undelivered', 'called back'))
    OR (OLD.state = 'sending' AND NEW.state IN ('sent', 'queued', 'failed'))
    OR (OLD.state = 'sent'    AND NEW.state = 'undelivered')
    -- Only a person moves it from where it has come to rest, unless it need not go any more.
    OR (OLD.state IN ('failed', 'held back', 'undelivered') AND NEW.state IN ('queued', 'cancelled'))
    OR (OLD.state IN ('failed', 'held back') AND NEW.state = 'called back')
)
BEGIN SELECT RAISE(ABORT, 'a letter cannot move that way'); END;

CREATE TRIGGER letters_say_what_they_said BEFORE UPDATE
OF key, repetition, delivery_id, decision_id, entry_id, outage_id, outage_over, kind, message_id, sealed
ON letters
BEGIN SELECT RAISE(ABORT, 'a letter does not change once it is written'); END;

CREATE TRIGGER letters_stay BEFORE DELETE ON letters
BEGIN SELECT RAISE(ABORT, 'a letter is never deleted'); END;

-- Which rung of the chasing ladder a letter was, for which return and which due date of it.
-- A new due date starts the ladder anew.
CREATE TABLE rungs (
    return_id   INTEGER NOT NULL REFERENCES returns (id),
    due_version INTEGER NOT NULL,
    days        INTEGER NOT NULL,          -- working days after the due date; below zero, before it
    letter_id   INTEGER NOT NULL REFERENCES letters (id),
    PRIMARY KEY (return_id, due_version, days, letter_id)
) STRICT, WITHOUT ROWID;

-- What each letter tells of: what it answers, which decision it is about, and of which entries it says
-- how they stand. So each is told once, and a letter that is not so any more does not leave.
CREATE TABLE tells (
    id          INTEGER PRIMARY KEY,
    letter_id   INTEGER NOT NULL REFERENCES letters (id),
    delivery_id INTEGER REFERENCES deliveries (id),  -- it answers this; NULL for a letter about a decision
    decision_id INTEGER REFERENCES decisions (id),   -- it tells of this; NULL for an answer
    entry_id    INTEGER REFERENCES entries (id),     -- it says how this stands; NULL for what was agreed about a return
    overtaken   INTEGER NOT NULL DEFAULT 0           -- 1: called back, since this was not so any more: it is not told again
                CHECK (overtaken IN (0, 1))
) STRICT;
CREATE INDEX tells_by_letter ON tells (letter_id);
CREATE INDEX tells_by_delivery ON tells (delivery_id) WHERE delivery_id IS NOT NULL;
CREATE INDEX tells_by_decision ON tells (decision_id) WHERE decision_id IS NOT NULL;
CREATE INDEX tells_by_entry ON tells (entry_id) WHERE entry_id IS NOT NULL;

-- What may be due an answer: a look reads these, and not all that ever came. A row comes with whatever
-- may make an answer due, and goes once everybody was told; what is held stays.
CREATE TABLE unanswered (
    origin_id INTEGER PRIMARY KEY REFERENCES origins (id)
) STRICT;
CREATE TRIGGER an_arrival_may_be_answered AFTER INSERT ON origins
WHEN NEW.agency_id IS NOT NULL AND NEW.automatic = ''
BEGIN INSERT OR IGNORE INTO unanswered (origin_id) VALUES (NEW.id); END;
CREATE TRIGGER a_new_entry_may_be_answered AFTER INSERT ON entries
BEGIN
    INSERT OR IGNORE INTO unanswered (origin_id) SELECT id FROM origins
    WHERE delivery_id = NEW.delivery_id AND agency_id IS NOT NULL AND automatic = '';
END;
CREATE TRIGGER a_repeat_may_be_answered AFTER INSERT ON repeats
BEGIN
    INSERT OR IGNORE INTO unanswered (origin_id) SELECT id FROM origins
    WHERE delivery_id = NEW.delivery_id AND agency_id IS NOT NULL AND automatic = '';
END;
CREATE TRIGGER what_is_called_back_may_be_told_anew AFTER UPDATE OF state, retold ON letters
WHEN NEW.state = 'called back' OR NEW.retold = 'anew'
BEGIN
    INSERT OR IGNORE INTO unanswered (origin_id) SELECT o.id FROM tells t
    JOIN origins o ON o.delivery_id = t.delivery_id
    WHERE t.letter_id = NEW.id AND o.agency_id IS NOT NULL AND o.automatic = '';
END;

-- What a letter to the chair's office asks to be decided: which entries, of which agency's, and how
-- much of what each asks was agreed by then.
CREATE TABLE asks (
    letter_id   INTEGER NOT NULL REFERENCES letters (id),
    entry_id    INTEGER NOT NULL REFERENCES entries (id),
    agency_id   INTEGER NOT NULL REFERENCES agencies (id),
    agreed      INTEGER NOT NULL CHECK (agreed >= 0),
    PRIMARY KEY (letter_id, entry_id, agency_id)
) STRICT, WITHOUT ROWID;

-- When the outbox was told to keep all letters back (but for the digest), and to go on.
CREATE TABLE pauses (
    id      INTEGER PRIMARY KEY,
    paused  TEXT NOT NULL,                 -- when (UTC)
    resumed TEXT                           -- when (UTC); NULL while it lasts
) STRICT;
CREATE UNIQUE INDEX one_pause ON pauses ((resumed IS NULL)) WHERE resumed IS NULL;
