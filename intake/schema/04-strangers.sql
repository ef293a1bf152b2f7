-- What is remembered of sources beside what was taken from them.

-- From when on what lies in a mailbox that was in use before is taken in. Written by
-- intake/source_backlog.py alone.
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

-- Messages that are for nobody here: they stay where they are, and nothing of them is kept but where
-- they lie. Written by intake/unregistered_senders.py alone.
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

-- How many messages of strangers were taken in on a day, by where they came from. Written by
-- intake/unregistered_senders.py alone.
CREATE TABLE strangers (
    day       TEXT NOT NULL,
    domain    TEXT NOT NULL,               -- a keyed hash
    taken     INTEGER NOT NULL,
    PRIMARY KEY (day, domain)
) STRICT, WITHOUT ROWID;

-- Messages of strangers that wait for their turn, as the last look at their source found them. Written by
-- intake/unregistered_senders.py alone.
CREATE TABLE turns (
    source    TEXT NOT NULL,
    domain    TEXT NOT NULL,               -- a keyed hash
    sealed    BLOB NOT NULL,               -- the domain, which its senders claim
    messages  INTEGER NOT NULL CHECK (messages > 0),
    day       TEXT,                        -- the day on which as much of it was taken in as may be; NULL: they wait for the next rounds
    since     TEXT NOT NULL,               -- since when some of it have waited without a break (UTC)
    PRIMARY KEY (source, domain)
) STRICT, WITHOUT ROWID;
