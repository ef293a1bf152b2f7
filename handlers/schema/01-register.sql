-- The case register: what the board relies on. Written by handlers/register/ alone.
-- Names of people are never in clear: `sealed` columns hold them encrypted, and `address` holds
-- a keyed hash, enough to recognise a sender and no more.

CREATE TABLE cases (
    id          INTEGER PRIMARY KEY,
    reference   TEXT NOT NULL COLLATE NOCASE UNIQUE,
    state       TEXT NOT NULL DEFAULT 'open'
                CHECK (state IN (
                    'open',                -- returns are awaited and chased
                    'on hold',             -- nothing is chased
                    'closed'               -- nothing is awaited
                )),
    complete_by TEXT NOT NULL,             -- the day the review should be complete
    sealed      BLOB NOT NULL              -- the whole case file: subjects, period, key issues
) STRICT;

CREATE TRIGGER cases_move_along_allowed_edges BEFORE UPDATE OF state ON cases
WHEN OLD.state = 'closed' AND NEW.state = 'on hold' AND NOT EXISTS (
    SELECT 1 FROM decisions u WHERE u.case_id = OLD.id AND u.what = 'undo')
BEGIN SELECT RAISE(ABORT, 'a closed case is reopened first'); END;

CREATE TABLE agencies (
    id       INTEGER PRIMARY KEY,
    case_id  INTEGER NOT NULL REFERENCES cases (id),
    code     TEXT NOT NULL COLLATE NOCASE,
    name     TEXT NOT NULL,
    UNIQUE (case_id, code)
) STRICT;

CREATE TABLE contacts (
    id        INTEGER PRIMARY KEY,
    agency_id INTEGER NOT NULL REFERENCES agencies (id),
    role      TEXT NOT NULL CHECK (role IN ('author', 'commissioner', 'panel representative')),
    address   TEXT NOT NULL,               -- keyed hash of the e-mail address in lower case
    sealed    BLOB NOT NULL,               -- name and e-mail address
    state     TEXT NOT NULL DEFAULT 'active'
              CHECK (state IN (
                  'active',                -- may send, and is written to
                  'removed'                -- neither; kept for what was sent and said
              )),
    paused    TEXT,                        -- until this day nothing is sent but answers; NULL for never
    UNIQUE (agency_id, role, address)
) STRICT;
CREATE INDEX contacts_by_address ON contacts (address);
CREATE TRIGGER contacts_stay BEFORE DELETE ON contacts
BEGIN SELECT RAISE(ABORT, 'a contact is removed by a decision, never deleted'); END;

-- A return: what an agency owes. One of each kind.
CREATE TABLE returns (
    id          INTEGER PRIMARY KEY,
    agency_id   INTEGER NOT NULL REFERENCES agencies (id),
    kind        TEXT NOT NULL,
    due         TEXT NOT NULL,
    due_version INTEGER NOT NULL DEFAULT 1, -- counts how often the due date was changed
    state       TEXT NOT NULL DEFAULT 'awaited'
                CHECK (state IN (
                    'awaited',             -- nothing has come
                    'rejected',            -- something came and must be mended: still chased
                    'referred',            -- something came and waits for a person: not chased
                    'accepted',            -- settled
                    'nil',                 -- settled by a nil return
                    'outside',             -- settled: the board has seen it, and this service has not
                    'waived'               -- settled: the board does without it
                )),
    received    TEXT,                      -- the day the first document for it came
    accepted    TEXT,                      -- the day the accepted document came, or the board saw it outside
    UNIQUE (agency_id, kind),
    CHECK (state <> 'accepted' OR accepted IS NOT NULL),
    CHECK (state NOT IN ('rejected', 'referred', 'accepted') OR received IS NOT NULL)
) STRICT;

CREATE TRIGGER returns_move_along_allowed_edges BEFORE UPDATE OF state ON returns
WHEN OLD.state <> NEW.state AND NOT (
       (OLD.state = 'awaited'  AND NEW.state IN ('rejected', 'referred', 'accepted', 'nil', 'outside', 'waived'))
    OR (OLD.state = 'rejected' AND NEW.state IN ('referred', 'accepted', 'nil', 'outside', 'waived'))
    OR (OLD.state = 'referred' AND NEW.state IN ('rejected', 'accepted', 'nil', 'outside', 'waived'))
    -- Only a person's decision undoes what was settled; save that a nil return is put before a
    -- person again by what comes in spite of it.
    OR (OLD.state IN ('accepted', 'nil', 'outside', 'waived') AND NEW.state IN ('awaited', 'rejected', 'referred'))
    OR (OLD.state IN ('nil', 'outside', 'waived') AND NEW.state = 'accepted')
    -- As if what was withdrawn had never come; or sending back what was held is undone.
    OR (OLD.state IN ('rejected', 'referred') AND NEW.state = 'awaited'
        AND EXISTS (SELECT 1 FROM decisions w WHERE w.return_id = OLD.id
                    AND w.what IN ('withdraw', 'unplace', 'undo')))
)
BEGIN SELECT RAISE(ABORT, 'a return cannot move that way'); END;

CREATE TRIGGER returns_remember_the_first_day BEFORE UPDATE OF received ON returns
WHEN OLD.received IS NOT NULL AND NEW.received IS NOT OLD.received
    AND NOT EXISTS (SELECT 1 FROM decisions w WHERE w.return_id = OLD.id
                    AND w.what IN ('withdraw', 'unplace'))
BEGIN SELECT RAISE(ABORT, 'the day a return was first received does not change'); END;

-- Whom a delivery turned out to be from, and what an answer to it has to carry.
-- A delivery whose documents are of more than one case has one row for each.
CREATE TABLE origins (
    id          INTEGER PRIMARY KEY,
    delivery_id INTEGER NOT NULL REFERENCES deliveries (id),
    agency_id   INTEGER REFERENCES agencies (id),  -- NULL when that is not certain
    contact_id  INTEGER REFERENCES contacts (id),  -- the registered sender; NULL for a dropped file
    thread      BLOB,                      -- the message's own id, sealed, for In-Reply-To
    automatic   TEXT NOT NULL DEFAULT '',  -- what kind of automatic mail it is; '' for a person's
    handed_by   BLOB,                      -- who of the board handed it in for the agency, sealed; NULL for what the agency sent
    says_more   INTEGER NOT NULL DEFAULT 0 -- 1: its words say more than that documents are attached
                CHECK (says_more IN (0, 1)),
    CHECK (contact_id IS NULL OR agency_id IS NOT NULL)
) STRICT;
CREATE UNIQUE INDEX one_origin ON origins (delivery_id, ifnull(agency_id, 0));
CREATE TRIGGER origins_stand BEFORE UPDATE ON origins
BEGIN SELECT RAISE(ABORT, 'an origin is never changed'); END;

-- Somebody registered is away, by their own proven note.
CREATE TABLE absences (
    delivery_id INTEGER NOT NULL REFERENCES deliveries (id),
    contact_id  INTEGER NOT NULL REFERENCES contacts (id),
    until       TEXT,                      -- the last day away; NULL when the note does not plainly say
    deputy      BLOB,                      -- an address the note names instead, sealed; shown, never believed
    noted       TEXT NOT NULL,             -- when (UTC)
    ended       TEXT,                      -- since when they are back before that day (UTC); NULL while it holds
    decision_id INTEGER REFERENCES decisions (id),  -- the decision that ended it ...
    back_in     INTEGER REFERENCES deliveries (id), -- ... or the message they sent themselves
    PRIMARY KEY (delivery_id, contact_id),
    CHECK ((ended IS NOT NULL) = (decision_id IS NOT NULL) + (back_in IS NOT NULL))
) STRICT, WITHOUT ROWID;
CREATE INDEX absences_by_contact ON absences (contact_id, until);
CREATE TRIGGER absences_end_once BEFORE UPDATE ON absences
WHEN OLD.ended IS NOT NULL OR NEW.ended IS NULL OR NEW.until IS NOT OLD.until
  OR NEW.deputy IS NOT OLD.deputy OR NEW.noted IS NOT OLD.noted
BEGIN SELECT RAISE(ABORT, 'an absence ends once, and is else never changed'); END;
CREATE TRIGGER absences_stay BEFORE DELETE ON absences
BEGIN SELECT RAISE(ABORT, 'an absence is never deleted'); END;

-- Somebody registered leaves, or has left, as a proven mail says. It counts until they are taken out,
-- write themselves, or a person says that they are there.
CREATE TABLE leavers (
    entry_id    INTEGER NOT NULL REFERENCES entries (id),  -- the mail that says so
    contact_id  INTEGER NOT NULL REFERENCES contacts (id),
    last_day    TEXT,                      -- the day to come on which they leave; NULL where the mail names none
    gone        INTEGER NOT NULL           -- 1: the mail says that they have left by now
                CHECK (gone IN (0, 1)),
    PRIMARY KEY (entry_id, contact_id)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER leavers_stay BEFORE DELETE ON leavers
BEGIN SELECT RAISE(ABORT, 'what a mail says of who leaves is never deleted'); END;

-- A delivery report that names a letter of ours. One that names none is an entry like any other.
CREATE TABLE bounces (
    delivery_id INTEGER NOT NULL REFERENCES deliveries (id),
    message_id  TEXT NOT NULL,             -- the letter's own Message-ID, which only we can make
    weight      TEXT NOT NULL
                CHECK (weight IN (
                    'hard',                -- it will never arrive: the address does not work
                    'soft',                -- it was given up, and may arrive another time
                    'late',                -- it is still tried
                    'delivered',           -- it arrived
                    ''                     -- the report does not say, or says two things
                )),
    why         TEXT NOT NULL DEFAULT ''   -- why it came back: a reason of config/bounce_reasons.toml
                CHECK (why IN (
                    'mailbox-full', 'too-large', 'no-such-address', 'switched-off',
                    'domain-unknown', 'refused', 'out-of-time',
                    ''                     -- the report does not say, or in words that are not known
                )),
    proof       TEXT NOT NULL DEFAULT ''   -- what proves it: without proof no letter is stopped by it
                CHECK (proof IN (
                    'relay',               -- our own server wrote that it took it from a relay of ours
                    'sender',              -- its sender is proven, and of the domain of the letter's reader or of ours
                    ''                     -- nothing
                )),
    noted       TEXT NOT NULL,             -- when (UTC)
    PRIMARY KEY (delivery_id, message_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX bounces_by_letter ON bounces (message_id);

-- Documents that an author had checked before sending them: judged, answered, and not logged.
CREATE TABLE rehearsals (
    delivery_id INTEGER PRIMARY KEY REFERENCES deliveries (id),
    agency_id   INTEGER NOT NULL REFERENCES agencies (id),
    contact_id  INTEGER NOT NULL REFERENCES contacts (id), -- who asked
    thread      BLOB,                      -- the message's own id, sealed, for In-Reply-To
    sealed      BLOB NOT NULL,             -- what was found, for the answer alone
    unsaid      INTEGER NOT NULL DEFAULT 0, -- documents that nobody may be told of
    asked       TEXT NOT NULL              -- when (UTC)
) STRICT;

-- An entry: one submission and what it came to. A document that carries three returns has three.
CREATE TABLE entries (
    id          INTEGER PRIMARY KEY,
    delivery_id INTEGER NOT NULL REFERENCES deliveries (id),
    position    INTEGER NOT NULL,          -- which document of the delivery, from 1; 0 is the message itself
    part        INTEGER NOT NULL,          -- which return inside that document, from 1
    content     TEXT NOT NULL,             -- keyed hash of the document: its identity and its name in the vault
    case_id     INTEGER REFERENCES cases (id),
    agency_id   INTEGER REFERENCES agencies (id),
    kind        TEXT,                      -- NULL when not recognised
    return_id   INTEGER REFERENCES returns (id), -- the return it settles or not; NULL when none is owed
    verdict     TEXT NOT NULL
                CHECK (verdict IN (
                    'accept',              -- good: the return is settled
                    'refer',               -- a person looks
                    'reject',              -- the agency is told what to mend
                    'hold',                -- nobody is told until a person decides
                    'automatic'            -- a machine wrote it: recorded, never answered
                )),
    reason      TEXT NOT NULL DEFAULT '',  -- why it was held or set apart, as a rule id
    decision_id INTEGER REFERENCES decisions (id), -- the decision that put it there; NULL for one made when it was taken in
    sealed      BLOB NOT NULL,             -- the findings
    judged      TEXT NOT NULL,             -- when (UTC)
    UNIQUE (delivery_id, position, part),
    CHECK (return_id IS NULL OR agency_id IS NOT NULL),
    CHECK (agency_id IS NULL OR case_id IS NOT NULL),
    -- Never guess a case: what belongs to none is for a person.
    CHECK (case_id IS NOT NULL OR verdict IN ('refer', 'hold', 'automatic'))
) STRICT;
-- Nothing counts twice: the same bytes for the same return are one entry, once they were judged ...
CREATE UNIQUE INDEX one_entry ON entries (agency_id, ifnull(kind, ''), content, part)
    WHERE agency_id IS NOT NULL AND reason NOT IN ('not-judged', 'infected', 'not-scanned');
CREATE INDEX entries_by_delivery ON entries (delivery_id);
CREATE INDEX entries_by_return ON entries (return_id);
CREATE INDEX entries_by_kind ON entries (agency_id, kind);
CREATE INDEX entries_by_content ON entries (content, agency_id);
CREATE INDEX entries_by_verdict ON entries (verdict, reason);

-- ... and their coming again is a repeat of it.
CREATE TABLE repeats (
    delivery_id INTEGER NOT NULL REFERENCES deliveries (id),
    entry_id    INTEGER NOT NULL REFERENCES entries (id),
    PRIMARY KEY (delivery_id, entry_id)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER entries_stand BEFORE UPDATE ON entries
BEGIN SELECT RAISE(ABORT, 'an entry is never changed'); END;
CREATE TRIGGER entries_stay BEFORE DELETE ON entries
BEGIN SELECT RAISE(ABORT, 'an entry is never deleted'); END;

-- A decision: what a person settled, and why. An entry stands as it was judged; what a person makes
-- of it is a row here, and the latest one counts.
CREATE TABLE decisions (
    id          INTEGER PRIMARY KEY,
    what        TEXT NOT NULL
                CHECK (what IN (
                    'accept',              -- an entry is good
                    'reject',              -- an entry has to be mended, or nothing comes of it
                    'assign',              -- an entry's documents are of this case, agency and kind
                    'keep',                -- an entry is no return: it is kept, and nobody is told
                    'unplace',             -- an entry that an assignment made counts for nothing: that was undone
                    'withdraw',            -- an entry should never have come: what it held is destroyed
                    'extend',              -- a return is due later
                    'waive',               -- the board does without a return
                    'outside',             -- a return was settled outside this service: the board has seen it
                    'prolong',             -- a review should be complete later
                    'hold',                -- nothing of a case is chased
                    'reopen',              -- a case goes on
                    'close',               -- nothing of a case is awaited any more
                    'add',                 -- a contact is registered
                    'remove',              -- a contact neither sends nor is written to any more
                    'pause',               -- a contact is not written to until a day
                    'back',                -- a contact who was paused or away is written to again
                    'undo'                 -- an earlier decision does not stand
                )),
    case_id     INTEGER REFERENCES cases (id),     -- NULL for an entry that belongs to none
    agency_id   INTEGER REFERENCES agencies (id),
    entry_id    INTEGER REFERENCES entries (id),
    return_id   INTEGER REFERENCES returns (id),
    contact_id  INTEGER REFERENCES contacts (id),
    until       TEXT,                      -- extend: the new due date; prolong: the new day; pause: the day it ends; outside: when it was seen
    due_version INTEGER,                   -- extend: which due date of the return that is
    lead_id     INTEGER REFERENCES decisions (id), -- extend, waive: the first of those taken together and told in one letter; NULL for that one
    by_mail     INTEGER NOT NULL DEFAULT 0 -- 1: by a mail of the administrator's: its letters wait, so that it can be undone
                CHECK (by_mail IN (0, 1)),
    sealed      BLOB NOT NULL,             -- the reason, whose decision it is, and what the agency is told
    decided     TEXT NOT NULL,             -- when (UTC)
    undoes      INTEGER REFERENCES decisions (id), -- undo: the decision that does not stand
    CHECK ((what = 'undo') = (undoes IS NOT NULL)),
    CHECK (what = 'undo'
           OR (what IN ('accept', 'reject', 'assign', 'keep', 'unplace', 'withdraw')) = (entry_id IS NOT NULL)),
    CHECK ((what IN ('add', 'remove', 'pause', 'back')) = (contact_id IS NOT NULL)),
    CHECK (what NOT IN ('extend', 'waive', 'outside') OR return_id IS NOT NULL),
    CHECK ((what IN ('extend', 'prolong', 'pause', 'outside')) = (until IS NOT NULL)),
    CHECK ((what = 'extend') = (due_version IS NOT NULL)),
    CHECK (lead_id IS NULL OR what IN ('extend', 'waive')),
    CHECK (agency_id IS NULL OR case_id IS NOT NULL),
    CHECK (case_id IS NOT NULL OR what IN ('reject', 'withdraw', 'undo'))
) STRICT;
CREATE INDEX decisions_by_entry ON decisions (entry_id);
CREATE UNIQUE INDEX undone_once ON decisions (undoes) WHERE undoes IS NOT NULL;
-- What people decided, as it stands: without what was undone since.
CREATE VIEW standing AS
    SELECT * FROM decisions d WHERE what <> 'undo'
    AND NOT EXISTS (SELECT 1 FROM decisions u WHERE u.undoes = d.id);
-- What was assigned has its entries elsewhere; those are decided on from then on.
CREATE TRIGGER assigned_once BEFORE INSERT ON decisions
WHEN NEW.what = 'assign'
    AND EXISTS (SELECT 1 FROM standing s WHERE s.entry_id = NEW.entry_id AND s.what = 'assign')
BEGIN SELECT RAISE(ABORT, 'what was assigned stays so, unless that is undone'); END;
CREATE UNIQUE INDEX withdrawn_once ON decisions (entry_id) WHERE what = 'withdraw';
CREATE TRIGGER decisions_stand BEFORE UPDATE ON decisions
BEGIN SELECT RAISE(ABORT, 'a decision is never changed: decide anew'); END;
CREATE TRIGGER decisions_stay BEFORE DELETE ON decisions
BEGIN SELECT RAISE(ABORT, 'a decision is never deleted'); END;

-- The record proves itself: what happened is a row, chained to the one before with a keyed hash, in the
-- same transaction; and so is what that transaction wrote, as a keyed digest of each row whole.
CREATE TABLE record (
    seq      INTEGER PRIMARY KEY CHECK (seq > 0),
    at       TEXT,                         -- when (UTC); NULL for digests: the rows themselves say when
    what     TEXT NOT NULL,                -- what happened, as one word or two; 'rows' for digests
    detail   TEXT NOT NULL,                -- ids and codes, as JSON; no names
    seal     TEXT NOT NULL UNIQUE,         -- HMAC over the seal before and all of this row
    CHECK ((at IS NULL) = (what = 'rows'))
) STRICT;
CREATE TRIGGER record_stands BEFORE UPDATE ON record
BEGIN SELECT RAISE(ABORT, 'the record is never changed'); END;
CREATE TRIGGER record_stays BEFORE DELETE ON record
BEGIN SELECT RAISE(ABORT, 'the record is never deleted'); END;
-- The last digest of each row, where it is found at once: a row is held against it before it is written
-- over. The record has all of them, and is what these are held against.
CREATE TABLE row_proofs (
    of_table TEXT NOT NULL,
    row_key  TEXT NOT NULL,                -- its primary key, as JSON: '[12]'
    digest   TEXT NOT NULL,                -- keyed, of the whole row
    PRIMARY KEY (of_table, row_key)
) STRICT, WITHOUT ROWID;
