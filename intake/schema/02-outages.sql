-- When a source could not be reached: what alerts to the operator are derived from. Written by
-- intake/source_health.py alone.

CREATE TABLE outages (
    id        INTEGER PRIMARY KEY,
    source    TEXT NOT NULL,               -- 'drop', 'mail-1'; 'mail-1/message' for one message in it; 'service/letters/chaser'
    said      TEXT NOT NULL,               -- why, in a sentence of ours: the newest, while it lasts
    fix       TEXT NOT NULL,               -- what to do, in a sentence of ours
    since     TEXT NOT NULL,               -- when it was first not reached (UTC)
    over      TEXT                         -- when it was reached again (UTC)
) STRICT;
-- A source is away once at a time.
CREATE UNIQUE INDEX one_outage ON outages (source) WHERE over IS NULL;

CREATE TRIGGER outages_stand BEFORE UPDATE OF id, source, since ON outages
BEGIN SELECT RAISE(ABORT, 'an outage is never changed'); END;

CREATE TRIGGER outages_that_are_over_stand BEFORE UPDATE OF said, fix ON outages
WHEN OLD.over IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'why something was away is not changed afterwards'); END;

CREATE TRIGGER outages_end_once BEFORE UPDATE OF over ON outages WHEN OLD.over IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'an outage ends once'); END;

CREATE TRIGGER outages_stay BEFORE DELETE ON outages
BEGIN SELECT RAISE(ABORT, 'an outage is never deleted'); END;
