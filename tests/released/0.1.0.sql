-- The whole schema of a register as scr-intake 0.1.0 makes it: every room's tables, and the
-- steps that made them. Written by `tools/record-schema 0.1.0`; not edited by hand.
-- Provisional: this version is not released yet, and is recorded anew until it is.

CREATE TABLE schema_steps (
    room    TEXT NOT NULL,                 -- whose tables the step makes: 'intake', 'outbox'
    name    TEXT NOT NULL,                 -- of its file, without .sql
    digest  TEXT NOT NULL,                 -- SHA-256 of what it does, without comments
    version TEXT NOT NULL,                 -- of the scr-intake that applied it
    PRIMARY KEY (room, name)
) STRICT, WITHOUT ROWID
;

CREATE TABLE "_sqlite_migrations" (
   "id" INTEGER PRIMARY KEY,
   "migration_set" TEXT,
   "name" TEXT,
   "applied_at" TEXT
);

CREATE UNIQUE INDEX "idx__sqlite_migrations_migration_set_name"
    ON "_sqlite_migrations" ("migration_set", "name");

CREATE TABLE deliveries (
    id        INTEGER PRIMARY KEY,
    source    TEXT NOT NULL,               -- who brought it: 'drop', 'mail-1'
    form      TEXT NOT NULL
              CHECK (form IN (
                  'message',               -- a message: its headers say who sent it
                  'file'                   -- one file: its place says whose it is
              )),
    place     TEXT NOT NULL,               -- the source's own key: ids and keyed hashes, never a name
    agency    BLOB,                        -- whose it is, where its source proves that: the name of the folder it lay in, sealed
    hint      BLOB,                        -- file: the name of the folder below that, sealed
    name      BLOB,                        -- file: its own name, sealed: a receipt is put beside it
    content   TEXT NOT NULL,               -- keyed hash of the raw bytes: identity, and name in the vault
    size      INTEGER NOT NULL,            -- bytes
    oversize  INTEGER NOT NULL DEFAULT 0   -- 1: a message too large to be fetched; content is its headers
              CHECK (oversize IN (0, 1)),
    received  TEXT NOT NULL,               -- when it was safe with us (UTC)
    expected  INTEGER NOT NULL DEFAULT 0   -- 1: from somebody registered, as it says: judged before others
              CHECK (expected IN (0, 1)),
    whose     TEXT NOT NULL DEFAULT '',    -- keyed hash of the sender or folder it gives: they are judged in turn
    state     TEXT NOT NULL DEFAULT 'spooled'
              CHECK (state IN (
                  'spooled',               -- safe, not yet judged
                  'judged',                -- everything in it is in the register
                  'set aside'              -- judging it went wrong three times: a person must look
              )),
    tries     INTEGER NOT NULL DEFAULT 0 CHECK (tries BETWEEN 0 AND 3),
    outcome   TEXT                         -- what it came to: its source puts it where that belongs
              CHECK (outcome IN (
                  'taken',                 -- done with, and no more to be said
                  'accepted', 'rejected', 'referred', 'held',  -- the gravest verdict on what is in it
                  'refused',               -- held, and never opened: it may be a virus
                  'automatic',             -- a machine wrote it
                  'duplicate',             -- all in it came before
                  'not ours'               -- for nobody here: it stays where it is, as it was
              )),
    released  TEXT,                        -- when the source was told it need not keep it (UTC)
    CHECK (state <> 'set aside' OR tries = 3),
    CHECK (outcome IS NULL OR state = 'judged'),
    CHECK (released IS NULL OR state <> 'spooled')
) STRICT;

CREATE UNIQUE INDEX one_message ON deliveries (source, place) WHERE form = 'message';

CREATE UNIQUE INDEX one_file ON deliveries (source, place, content) WHERE form = 'file' AND released IS NULL;

CREATE INDEX deliveries_by_content ON deliveries (content);

CREATE INDEX deliveries_by_state ON deliveries (state);

CREATE INDEX deliveries_by_place ON deliveries (place);

CREATE INDEX deliveries_to_release ON deliveries (source) WHERE released IS NULL;

CREATE INDEX deliveries_of_files ON deliveries (id) WHERE form = 'file';

CREATE TRIGGER deliveries_move_forward BEFORE UPDATE OF state ON deliveries
WHEN OLD.state <> NEW.state AND NOT (
       (OLD.state = 'spooled'   AND NEW.state IN ('judged', 'set aside'))
    OR (OLD.state = 'set aside' AND NEW.state = 'judged')
)
BEGIN SELECT RAISE(ABORT, 'a delivery cannot go back'); END;

CREATE TRIGGER deliveries_stand
BEFORE UPDATE OF id, source, form, place, agency, hint, name, content, size, oversize, expected
ON deliveries
BEGIN SELECT RAISE(ABORT, 'what came is never changed'); END;

CREATE TRIGGER deliveries_came_once BEFORE UPDATE OF received ON deliveries WHEN OLD.state <> 'spooled'
BEGIN SELECT RAISE(ABORT, 'when it came is never changed'); END;

CREATE TRIGGER deliveries_are_let_go_once BEFORE UPDATE OF released ON deliveries
WHEN OLD.released IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'a delivery is let go once'); END;

CREATE TRIGGER deliveries_stay BEFORE DELETE ON deliveries
BEGIN SELECT RAISE(ABORT, 'a delivery is never deleted'); END;

CREATE TABLE met_again (
    source      TEXT NOT NULL,
    place       TEXT NOT NULL,             -- the other place: ids and keyed hashes
    delivery_id INTEGER NOT NULL REFERENCES deliveries (id),
    met         TEXT NOT NULL,             -- when (UTC)
    released    TEXT,                      -- as of a delivery; what had been let go before is left where it is
    PRIMARY KEY (source, place)
) STRICT, WITHOUT ROWID;

CREATE INDEX met_again_by_delivery ON met_again (delivery_id);

CREATE INDEX met_again_to_release ON met_again (source) WHERE released IS NULL;

CREATE TRIGGER met_again_stands BEFORE UPDATE OF source, place, delivery_id, met ON met_again
BEGIN SELECT RAISE(ABORT, 'what was met is never changed'); END;

CREATE TRIGGER met_again_stays BEFORE DELETE ON met_again
BEGIN SELECT RAISE(ABORT, 'what was met is never deleted'); END;

CREATE TABLE strays (
    id        INTEGER PRIMARY KEY,
    source    TEXT NOT NULL,               -- where it lies: 'drop', 'mail-1'
    form      TEXT NOT NULL CHECK (form IN ('message', 'file')), -- what that delivers: as of a delivery
    place     TEXT NOT NULL,               -- keyed hash of its path in there
    way       BLOB NOT NULL,               -- the folders it lies in, sealed
    kind      TEXT NOT NULL
              CHECK (kind IN (
                  'no file',               -- a link, or something else that is not a file of one name
                  'no message',            -- the same among the messages of a mailbox, or a folder there
                  'misplaced',             -- in no agency's folder, or in a folder too deep
                  'unsettled',             -- has been written on for an hour, or is open in Word
                  'unreadable',            -- cannot be opened
                  'too large'              -- larger than anything the toolkit asks for
              )),
    size      INTEGER NOT NULL,            -- bytes
    changed   TEXT NOT NULL,               -- when it was last changed, as its folder shows it (UTC)
    noticed   TEXT NOT NULL,               -- when it was first found (UTC)
    gone      TEXT                         -- when it was first not found any more (UTC)
) STRICT;

CREATE UNIQUE INDEX one_stray ON strays (source, place, kind) WHERE gone IS NULL;

CREATE TRIGGER strays_stand BEFORE UPDATE OF id, source, form, place, way, kind, size, changed, noticed ON strays
BEGIN SELECT RAISE(ABORT, 'what was found is never changed'); END;

CREATE TRIGGER strays_stay BEFORE DELETE ON strays
BEGIN SELECT RAISE(ABORT, 'what was found is never deleted'); END;

CREATE TABLE outages (
    id        INTEGER PRIMARY KEY,
    kind      TEXT NOT NULL
              CHECK (kind IN (
                  'mailbox',               -- a mailbox cannot be reached: its source's name
                  'drop folder',           -- a drop folder cannot be reached: its source's name
                  'message',               -- something in a mailbox is not handed over: its source's name
                  'file',                  -- something in a drop folder cannot be read: its source's name
                  'transport',             -- a way takes no letters: its place in the settings
                  'letters',               -- letters of a kind cannot be written or sent: the kind
                  'templates',             -- the board's own words for letters have slips
                  'digest',                -- the digest is late
                  'judging',               -- no document can be opened
                  'scanner',               -- the virus scanner cannot be relied on, and no document is opened
                  'refused',               -- the virus scanner does not let something be opened: the number of its delivery
                  'set aside',             -- something could not be judged: the number of its delivery
                  'clock',                 -- the clock is doubted
                  'disk',                  -- there is next to no room
                  'storage',               -- a place that things are kept in cannot be written
                  'record',                -- rows are not as the record has them
                  'faults',                -- something that is kept is not as recorded, or not there
                  'answers'                -- a mail in the administrator's name was not believed
              )),
    subject   TEXT NOT NULL,               -- which one of its kind, as said there; '' of what there is one
    said      TEXT NOT NULL,               -- why, in a sentence of ours: the newest, while it lasts
    fix       TEXT NOT NULL,               -- what to do, in a sentence of ours
    since     TEXT NOT NULL,               -- when it was first not reached (UTC)
    over      TEXT,                        -- when it was reached again (UTC)
    CHECK ((subject = '') = (kind IN ('templates', 'digest', 'judging', 'scanner', 'clock', 'disk',
                                      'storage', 'record', 'faults', 'answers')))
) STRICT;

CREATE UNIQUE INDEX one_outage ON outages (kind, subject) WHERE over IS NULL;

CREATE TRIGGER outages_stand BEFORE UPDATE OF id, kind, subject, since ON outages
BEGIN SELECT RAISE(ABORT, 'an outage is never changed'); END;

CREATE TRIGGER outages_that_are_over_stand BEFORE UPDATE OF said, fix ON outages
WHEN OLD.over IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'why something was away is not changed afterwards'); END;

CREATE TRIGGER outages_end_once BEFORE UPDATE OF over ON outages WHEN OLD.over IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'an outage ends once'); END;

CREATE TRIGGER outages_stay BEFORE DELETE ON outages
BEGIN SELECT RAISE(ABORT, 'an outage is never deleted'); END;

CREATE TABLE heard (
    source TEXT PRIMARY KEY,               -- 'drop', 'mail-1'; 'service' for a round that ended, 'service/begun' for a first one that began
    at     TEXT NOT NULL                   -- when it last answered, or ended (UTC)
) STRICT, WITHOUT ROWID;

CREATE TABLE beginnings (
    part      TEXT PRIMARY KEY,            -- the source's own key: a keyed hash of account and folder, or its name
    source    TEXT NOT NULL,               -- 'mail-1'
    at        TEXT NOT NULL,               -- the beginning of the day of the first round there (UTC)
    last      TEXT NOT NULL,               -- the number of the last message there then; '' where none are numbered
    messages  INTEGER NOT NULL,            -- how many lay there
    oldest    INTEGER,                     -- the year of the oldest of them
    noted     TEXT NOT NULL                -- when (UTC)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER beginnings_stand BEFORE UPDATE ON beginnings
BEGIN SELECT RAISE(ABORT, 'a beginning is never changed'); END;

CREATE TRIGGER beginnings_stay BEFORE DELETE ON beginnings
BEGIN SELECT RAISE(ABORT, 'a beginning is never deleted'); END;

CREATE TABLE passed_over (
    source    TEXT NOT NULL,
    place     TEXT NOT NULL,               -- ids and keyed hashes
    state     TEXT NOT NULL
              CHECK (state IN (
                  'looking',               -- it is being looked at; where that ended us, it is taken unseen
                  'left',                  -- a stranger's, and for nobody here
                  'officer'                -- in the name of somebody who may answer a digest, and no answer
              )),
    at        TEXT NOT NULL,               -- when (UTC)
    PRIMARY KEY (source, place)
) STRICT, WITHOUT ROWID;

CREATE TABLE strangers (
    day       TEXT NOT NULL,
    domain    TEXT NOT NULL,               -- a keyed hash
    taken     INTEGER NOT NULL,
    PRIMARY KEY (day, domain)
) STRICT, WITHOUT ROWID;

CREATE TABLE turns (
    source    TEXT NOT NULL,
    domain    TEXT NOT NULL,               -- a keyed hash
    sealed    BLOB NOT NULL,               -- the domain, which its senders claim
    messages  INTEGER NOT NULL CHECK (messages > 0),
    day       TEXT,                        -- the day on which as much of it was taken in as may be; NULL: they wait for the next rounds
    since     TEXT NOT NULL,               -- since when some of it have waited without a break (UTC)
    PRIMARY KEY (source, domain)
) STRICT, WITHOUT ROWID;

CREATE TABLE destroyed (
    id      INTEGER PRIMARY KEY,
    content TEXT NOT NULL,                 -- keyed hash of what was destroyed
    case_id INTEGER,                       -- from this case alone, since others may have it too; NULL: from everywhere
    why     TEXT NOT NULL
            CHECK (why IN (
                'withdrawn',               -- a person decided it
                'stranger'                 -- nobody registered sent it, nobody decided about it, and its time is over
            )),
    at      TEXT NOT NULL,                 -- when that was settled (UTC)
    done    TEXT                           -- when its key was gone (UTC)
) STRICT;

CREATE INDEX destroyed_by_content ON destroyed (content);

CREATE INDEX destroyed_unfinished ON destroyed (id) WHERE done IS NULL;

CREATE TRIGGER destroyed_stand BEFORE UPDATE ON destroyed
WHEN OLD.done IS NOT NULL OR NEW.done IS NULL OR NEW.content IS NOT OLD.content
  OR NEW.case_id IS NOT OLD.case_id OR NEW.why IS NOT OLD.why OR NEW.at IS NOT OLD.at
BEGIN SELECT RAISE(ABORT, 'what was destroyed stays so'); END;

CREATE TRIGGER destroyed_stay BEFORE DELETE ON destroyed
BEGIN SELECT RAISE(ABORT, 'what was destroyed is never forgotten'); END;

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

CREATE TABLE rehearsals (
    delivery_id INTEGER PRIMARY KEY REFERENCES deliveries (id),
    agency_id   INTEGER NOT NULL REFERENCES agencies (id),
    contact_id  INTEGER NOT NULL REFERENCES contacts (id), -- who asked
    thread      BLOB,                      -- the message's own id, sealed, for In-Reply-To
    sealed      BLOB NOT NULL,             -- what was found, for the answer alone
    unsaid      INTEGER NOT NULL DEFAULT 0, -- documents that nobody may be told of
    asked       TEXT NOT NULL              -- when (UTC)
) STRICT;

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

CREATE UNIQUE INDEX one_entry ON entries (agency_id, ifnull(kind, ''), content, part)
    WHERE agency_id IS NOT NULL AND reason NOT IN ('not-judged', 'infected', 'not-scanned');

CREATE INDEX entries_by_delivery ON entries (delivery_id);

CREATE INDEX entries_by_return ON entries (return_id);

CREATE INDEX entries_by_kind ON entries (agency_id, kind);

CREATE INDEX entries_by_content ON entries (content, agency_id);

CREATE INDEX entries_by_verdict ON entries (verdict, reason);

CREATE TABLE repeats (
    delivery_id INTEGER NOT NULL REFERENCES deliveries (id),
    entry_id    INTEGER NOT NULL REFERENCES entries (id),
    PRIMARY KEY (delivery_id, entry_id)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER entries_stand BEFORE UPDATE ON entries
BEGIN SELECT RAISE(ABORT, 'an entry is never changed'); END;

CREATE TRIGGER entries_stay BEFORE DELETE ON entries
BEGIN SELECT RAISE(ABORT, 'an entry is never deleted'); END;

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

CREATE VIEW standing AS
    SELECT * FROM decisions d WHERE what <> 'undo'
    AND NOT EXISTS (SELECT 1 FROM decisions u WHERE u.undoes = d.id);

CREATE TRIGGER assigned_once BEFORE INSERT ON decisions
WHEN NEW.what = 'assign'
    AND EXISTS (SELECT 1 FROM standing s WHERE s.entry_id = NEW.entry_id AND s.what = 'assign')
BEGIN SELECT RAISE(ABORT, 'what was assigned stays so, unless that is undone'); END;

CREATE UNIQUE INDEX withdrawn_once ON decisions (entry_id) WHERE what = 'withdraw';

CREATE TRIGGER decisions_stand BEFORE UPDATE ON decisions
BEGIN SELECT RAISE(ABORT, 'a decision is never changed: decide anew'); END;

CREATE TRIGGER decisions_stay BEFORE DELETE ON decisions
BEGIN SELECT RAISE(ABORT, 'a decision is never deleted'); END;

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

CREATE TABLE row_proofs (
    of_table TEXT NOT NULL,
    row_key  TEXT NOT NULL,                -- its primary key, as JSON: '[12]'
    digest   TEXT NOT NULL,                -- keyed, of the whole row
    PRIMARY KEY (of_table, row_key)
) STRICT, WITHOUT ROWID;

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

CREATE TABLE rungs (
    return_id   INTEGER NOT NULL REFERENCES returns (id),
    due_version INTEGER NOT NULL,
    days        INTEGER NOT NULL,          -- working days after the due date; below zero, before it
    letter_id   INTEGER NOT NULL REFERENCES letters (id),
    PRIMARY KEY (return_id, due_version, days, letter_id)
) STRICT, WITHOUT ROWID;

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

CREATE TABLE asks (
    letter_id   INTEGER NOT NULL REFERENCES letters (id),
    entry_id    INTEGER NOT NULL REFERENCES entries (id),
    agency_id   INTEGER NOT NULL REFERENCES agencies (id),
    agreed      INTEGER NOT NULL CHECK (agreed >= 0),
    PRIMARY KEY (letter_id, entry_id, agency_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE pauses (
    id      INTEGER PRIMARY KEY,
    paused  TEXT NOT NULL,                 -- when (UTC)
    resumed TEXT                           -- when (UTC); NULL while it lasts
) STRICT;

CREATE UNIQUE INDEX one_pause ON pauses ((resumed IS NULL)) WHERE resumed IS NULL;

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

CREATE TABLE transport_waits (
    transport  TEXT PRIMARY KEY,           -- its place in the settings: 'outbox', 'outbox, instead 1'
    tries      INTEGER NOT NULL CHECK (tries >= 0), -- how often in a row it was found away since a person last mended something
    since      TEXT NOT NULL,              -- when it was first found away (UTC)
    not_before TEXT NOT NULL,              -- when it is tried again (UTC)
    answer     TEXT NOT NULL               -- why, in words of ours
) STRICT, WITHOUT ROWID;

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

CREATE TABLE alarms (
    way        TEXT NOT NULL CHECK (way IN ('command', 'file')),
    outage_id  INTEGER NOT NULL REFERENCES outages (id),
    over       INTEGER NOT NULL CHECK (over IN (0, 1)), -- 1: that the outage is over
    told       TEXT,                       -- when it was told by that way (UTC); NULL while it is not
    tries      INTEGER NOT NULL DEFAULT 0, -- how often it did not go
    since      TEXT,                       -- when it first did not (UTC)
    not_before TEXT,                       -- when it is tried again (UTC)
    answer     TEXT NOT NULL DEFAULT '',   -- why the last try did not go, in words of ours
    PRIMARY KEY (way, outage_id, over)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER alarms_are_told_once BEFORE UPDATE ON alarms WHEN OLD.told IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'an alert is told once by each way'); END;

CREATE TABLE unfinished (
    key   TEXT PRIMARY KEY,                -- a letter's, or what letters are about: 'chaser of agency 3'
    tries INTEGER NOT NULL CHECK (tries > 0),
    last  TEXT NOT NULL                    -- when the service was next started (UTC)
) STRICT, WITHOUT ROWID;

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

CREATE TABLE officer_absences (
    id        INTEGER PRIMARY KEY,
    until     TEXT,                        -- the last day away; NULL when the note does not plainly say
    noted     TEXT NOT NULL,               -- when (UTC)
    ended     TEXT                         -- when they wrote themselves before that day (UTC)
) STRICT;

CREATE TABLE recoveries (
    id        INTEGER PRIMARY KEY,
    begun     TEXT NOT NULL,               -- when the register was restored, or found to be older than its vault (UTC)
    until     TEXT,                        -- up to when it reached then (UTC); NULL when nothing was recorded in it
    recovered TEXT,                        -- when all that could be taken in again was (UTC): until then no letter leaves
    released  TEXT,                        -- when a person let chasing go (UTC): until then nobody is chased
    last_letter INTEGER NOT NULL DEFAULT 0, -- the highest number of a letter that the journal tells of: no other gets one below
    CHECK (released IS NULL OR recovered IS NOT NULL)
) STRICT;

CREATE UNIQUE INDEX one_recovery ON recoveries ((released IS NULL)) WHERE released IS NULL;

CREATE TRIGGER recoveries_stand BEFORE UPDATE OF id, begun, until ON recoveries
BEGIN SELECT RAISE(ABORT, 'a recovery is never changed'); END;

CREATE TRIGGER recoveries_end_once BEFORE UPDATE OF released ON recoveries WHEN OLD.released IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'a recovery ends once'); END;

CREATE TRIGGER recoveries_stay BEFORE DELETE ON recoveries
BEGIN SELECT RAISE(ABORT, 'a recovery is never deleted'); END;

CREATE TABLE told_before (
    subject  TEXT PRIMARY KEY,             -- keyed hash of what it is about, and of who was told
    told     TEXT NOT NULL,                -- keyed hash of what they were told; '' once another letter told of it
    sent     TEXT NOT NULL                 -- when (UTC)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER told_before_stays BEFORE DELETE ON told_before
BEGIN SELECT RAISE(ABORT, 'what was told is never forgotten'); END;

CREATE TABLE trials (
    id    INTEGER PRIMARY KEY,
    began TEXT NOT NULL,                   -- when (UTC)
    ended TEXT                             -- when (UTC); NULL while it lasts
) STRICT;

CREATE UNIQUE INDEX one_trial ON trials ((ended IS NULL)) WHERE ended IS NULL;

CREATE TRIGGER trials_stay BEFORE DELETE ON trials
BEGIN SELECT RAISE(ABORT, 'a trial is never forgotten'); END;

INSERT INTO _sqlite_migrations (migration_set, name, applied_at) VALUES ('intake', '01-spool', '2000-01-01 00:00:00.000000+00:00');

INSERT INTO _sqlite_migrations (migration_set, name, applied_at) VALUES ('intake', '02-outages', '2000-01-01 00:00:00.000000+00:00');

INSERT INTO _sqlite_migrations (migration_set, name, applied_at) VALUES ('intake', '03-heard', '2000-01-01 00:00:00.000000+00:00');

INSERT INTO _sqlite_migrations (migration_set, name, applied_at) VALUES ('intake', '04-strangers', '2000-01-01 00:00:00.000000+00:00');

INSERT INTO _sqlite_migrations (migration_set, name, applied_at) VALUES ('intake', '05-destroyed', '2000-01-01 00:00:00.000000+00:00');

INSERT INTO _sqlite_migrations (migration_set, name, applied_at) VALUES ('handlers', '01-register', '2000-01-01 00:00:00.000000+00:00');

INSERT INTO _sqlite_migrations (migration_set, name, applied_at) VALUES ('outbox', '01-letters', '2000-01-01 00:00:00.000000+00:00');

INSERT INTO _sqlite_migrations (migration_set, name, applied_at) VALUES ('outbox', '02-slips', '2000-01-01 00:00:00.000000+00:00');

INSERT INTO _sqlite_migrations (migration_set, name, applied_at) VALUES ('outbox', '03-transports', '2000-01-01 00:00:00.000000+00:00');

INSERT INTO _sqlite_migrations (migration_set, name, applied_at) VALUES ('outbox', '04-stopped', '2000-01-01 00:00:00.000000+00:00');

INSERT INTO _sqlite_migrations (migration_set, name, applied_at) VALUES ('outbox', '05-listed', '2000-01-01 00:00:00.000000+00:00');

INSERT INTO _sqlite_migrations (migration_set, name, applied_at) VALUES ('outbox', '06-alarms', '2000-01-01 00:00:00.000000+00:00');

INSERT INTO _sqlite_migrations (migration_set, name, applied_at) VALUES ('outbox', '07-unfinished', '2000-01-01 00:00:00.000000+00:00');

INSERT INTO _sqlite_migrations (migration_set, name, applied_at) VALUES ('outbox', '08-orders', '2000-01-01 00:00:00.000000+00:00');

INSERT INTO _sqlite_migrations (migration_set, name, applied_at) VALUES ('outbox', '08-recoveries', '2000-01-01 00:00:00.000000+00:00');

INSERT INTO _sqlite_migrations (migration_set, name, applied_at) VALUES ('outbox', '09-trials', '2000-01-01 00:00:00.000000+00:00');

INSERT INTO schema_steps VALUES ('handlers', '01-register', '173006acc2cdd5827c6d4f5cf63a71fedd34c5fc45135714834e358ed8599176', '0.1.0');

INSERT INTO schema_steps VALUES ('intake', '01-spool', 'c53b97c0b3573db10f4903bed244fdf21ab4455426a15b3b96218ac03c31baba', '0.1.0');

INSERT INTO schema_steps VALUES ('intake', '02-outages', '64bd271bbdbd5fa5c9d7b9dadf409fc4bb15b0b1958c99322448cd3f5743cd9a', '0.1.0');

INSERT INTO schema_steps VALUES ('intake', '03-heard', 'f316ae8864fbc767f932bae93293ac2927f70bb159cd3edeb14df946e003c343', '0.1.0');

INSERT INTO schema_steps VALUES ('intake', '04-strangers', 'e95d1675da76df927157ef06d0d16cc3cb58f7e6eb800fe453f6675ce958712e', '0.1.0');

INSERT INTO schema_steps VALUES ('intake', '05-destroyed', 'a94b8c98e70644170df0bdab0497f51b8b42094ce8de831ac5488d67fcffe03f', '0.1.0');

INSERT INTO schema_steps VALUES ('outbox', '01-letters', 'f67eaf8fe217a3d7ba37bcbeecc32afb09496ecb8476d934af0a552a8deed2ad', '0.1.0');

INSERT INTO schema_steps VALUES ('outbox', '02-slips', 'b230c3afcb1fae4fa68c101c9985f1e788a9a4f09aefb1c5fba42146ad1c0a56', '0.1.0');

INSERT INTO schema_steps VALUES ('outbox', '03-transports', '13c2a1f6ed7d8b8266b33237abcb605eb59fbdf5f3ab0ed162cfc5ab492dcfeb', '0.1.0');

INSERT INTO schema_steps VALUES ('outbox', '04-stopped', '843087af3889d94d1c08f3338a0fe1ce09f0413568a16a42de1c9f424e193f22', '0.1.0');

INSERT INTO schema_steps VALUES ('outbox', '05-listed', 'bd345fc281aed43088d4f2640f30cead097dc9e4b6f01d9e540b69ae76242afb', '0.1.0');

INSERT INTO schema_steps VALUES ('outbox', '06-alarms', 'b3e63d4ab935fa187a7e4b86ee306aed7f46263f468af8f50af0b426c3fcd91c', '0.1.0');

INSERT INTO schema_steps VALUES ('outbox', '07-unfinished', 'cfabbeb90241a42ce71f87bdf37e029cb4b7a26dbaae2eae812f3dcc900bade3', '0.1.0');

INSERT INTO schema_steps VALUES ('outbox', '08-orders', '5aef1cfbbcf7255d92266829cc0548abf999043ed7f9bd52151d020e87801fbb', '0.1.0');

INSERT INTO schema_steps VALUES ('outbox', '08-recoveries', 'fd40cd039c34c060f8eafac8e2ff1c016535f961bc3dd6ace0315ba23801243c', '0.1.0');

INSERT INTO schema_steps VALUES ('outbox', '09-trials', '1d98c4d5322c2de8bbbcde8b9cad27d92fb728f539ab9464172fd620035cbaeb', '0.1.0');
