-- When something could not be reached or done: what alerts to the operator are derived from. Written by
-- intake/source_health.py alone.

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
-- A thing is away once at a time.
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
