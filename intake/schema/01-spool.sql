-- The spool: every message and every file that ever came, from the moment it is safe with us.
-- Its bytes are in the vault under `content`. Written by intake/spool.py alone.

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

-- Nothing counts twice: a message has one place for ever ...
CREATE UNIQUE INDEX one_message ON deliveries (source, place) WHERE form = 'message';
-- ... and a file is known by its place and content until it has been let go: the same file put
-- there again after that is a new delivery (of the same bytes).
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

-- Until it is judged: what comes while the clock is doubted has its time put right after that.
CREATE TRIGGER deliveries_came_once BEFORE UPDATE OF received ON deliveries WHEN OLD.state <> 'spooled'
BEGIN SELECT RAISE(ABORT, 'when it came is never changed'); END;

CREATE TRIGGER deliveries_are_let_go_once BEFORE UPDATE OF released ON deliveries
WHEN OLD.released IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'a delivery is let go once'); END;

CREATE TRIGGER deliveries_stay BEFORE DELETE ON deliveries
BEGIN SELECT RAISE(ABORT, 'a delivery is never deleted'); END;

-- A message that was met again: it was delivered a second time, its folder was numbered anew
-- (UIDVALIDITY), or a person moved it away and back; where a message keeps its name, to the same place.
-- Its bytes are known, so it is not taken twice.
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

-- What lies in a source and cannot be taken: told to the administrator once. Its name is not kept.
-- Written by intake/source_backlog.py alone.
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
-- Once: the same thing in the same place is one row for as long as it is there.
CREATE UNIQUE INDEX one_stray ON strays (source, place, kind) WHERE gone IS NULL;

CREATE TRIGGER strays_stand BEFORE UPDATE OF id, source, form, place, way, kind, size, changed, noticed ON strays
BEGIN SELECT RAISE(ABORT, 'what was found is never changed'); END;

CREATE TRIGGER strays_stay BEFORE DELETE ON strays
BEGIN SELECT RAISE(ABORT, 'what was found is never deleted'); END;
