-- From when to when letters were only tried: each went to the administrator alone. Written by
-- outbox/sending/trial.py alone.

CREATE TABLE trials (
    id    INTEGER PRIMARY KEY,
    began TEXT NOT NULL,                   -- when (UTC)
    ended TEXT                             -- when (UTC); NULL while it lasts
) STRICT;
CREATE UNIQUE INDEX one_trial ON trials ((ended IS NULL)) WHERE ended IS NULL;

CREATE TRIGGER trials_stay BEFORE DELETE ON trials
BEGIN SELECT RAISE(ABORT, 'a trial is never forgotten'); END;
