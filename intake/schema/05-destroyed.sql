-- Originals whose keys are destroyed. The row is written, and safe, before the key goes: what a kill
-- stopped in between is finished when the register is next opened. Written by intake/destroyed_originals.py alone.

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
