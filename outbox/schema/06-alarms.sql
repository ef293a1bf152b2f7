-- Alerts by another way than mail: a program, a file. A row for each that was tried, the beginning and
-- the end of an outage apart. Written by outbox/alerts/alert_state.py alone.

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
