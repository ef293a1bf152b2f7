-- What is known of a register that was restored. Written by outbox/sending/after_restore.py alone.

-- A recovery: from the restore until a person lets chasing go again.
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

-- What readers were last told by letters that left after the backup. Decided again in the same way, a
-- thing is told to nobody twice; once another letter tells of it, it counts no more.
CREATE TABLE told_before (
    subject  TEXT PRIMARY KEY,             -- keyed hash of what it is about, and of who was told
    told     TEXT NOT NULL,                -- keyed hash of what they were told; '' once another letter told of it
    sent     TEXT NOT NULL                 -- when (UTC)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER told_before_stays BEFORE DELETE ON told_before
BEGIN SELECT RAISE(ABORT, 'what was told is never forgotten'); END;
