-- The spool: every message and every file that ever came, from the moment it is safe with us.
-- Its bytes are in the vault under `content`. Written by intake/spool.py alone.

CREATE TABLE deliveries (
    id        INTEGER PRIMARY KEY,
    source    TEXT NOT NULL,               -- who brought it: 'drop', 'mail-1'
    place     TEXT NOT NULL,               -- the source's own key: ids and keyed hashes, never a name
    agency    TEXT,                        -- drop: the code of the folder it lay in
    hint      BLOB,                        -- drop: the name of the folder below that, sealed
    content   TEXT NOT NULL,               -- keyed hash of the raw bytes: identity, and name in the vault
    size      INTEGER NOT NULL,            -- bytes
    received  TEXT NOT NULL,               -- when it was safe with us (UTC)
    state     TEXT NOT NULL DEFAULT 'spooled'
              CHECK (state IN (
                  'spooled',               -- safe, not yet judged
                  'judged',                -- everything in it is in the register
                  'set aside'              -- judging it went wrong three times: a person must look
              )),
    tries     INTEGER NOT NULL DEFAULT 0 CHECK (tries BETWEEN 0 AND 3),
    released  TEXT,                        -- when the source was told it need not keep it (UTC)
    CHECK (state <> 'set aside' OR tries = 3),
    CHECK (released IS NULL OR state <> 'spooled')
) STRICT;

-- Nothing counts twice: a message has one place for ever ...
CREATE UNIQUE INDEX one_message ON deliveries (source, place) WHERE source <> 'drop';
-- ... and a file is known by its place and content until it has been let go: the same file put
-- there again after that is a new delivery (of the same bytes).
CREATE UNIQUE INDEX one_file ON deliveries (place, content) WHERE source = 'drop' AND released IS NULL;
CREATE INDEX deliveries_by_state ON deliveries (state);

CREATE TRIGGER deliveries_move_forward BEFORE UPDATE OF state ON deliveries
WHEN OLD.state <> NEW.state AND NOT (
       (OLD.state = 'spooled'   AND NEW.state IN ('judged', 'set aside'))
    OR (OLD.state = 'set aside' AND NEW.state = 'judged')
)
BEGIN SELECT RAISE(ABORT, 'a delivery cannot go back'); END;

CREATE TRIGGER deliveries_stand
BEFORE UPDATE OF id, source, place, agency, hint, content, size, received ON deliveries
BEGIN SELECT RAISE(ABORT, 'what came is never changed'); END;

CREATE TRIGGER deliveries_are_let_go_once BEFORE UPDATE OF released ON deliveries
WHEN OLD.released IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'a delivery is let go once'); END;

CREATE TRIGGER deliveries_stay BEFORE DELETE ON deliveries
BEGIN SELECT RAISE(ABORT, 'a delivery is never deleted'); END;
