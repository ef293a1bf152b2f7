-- What was being worked out when the service was ended from outside: killed by the watchdog since it hung,
-- or by the kernel. Three times in a row, and it is left until a day later. Written by outbox/due/letter_failures.py
-- alone; a row goes once working it out has come to an end.

CREATE TABLE unfinished (
    key   TEXT PRIMARY KEY,                -- a letter's, or what letters are about: 'chaser of agency 3'
    tries INTEGER NOT NULL CHECK (tries > 0),
    last  TEXT NOT NULL                    -- when the service was next started (UTC)
) STRICT, WITHOUT ROWID;
