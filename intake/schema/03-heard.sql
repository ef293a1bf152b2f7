-- When each source last answered, to within some minutes: what the digest tells of its health.
-- Written by intake/heard.py alone.

CREATE TABLE heard (
    source TEXT PRIMARY KEY,               -- 'drop', 'mail-1'
    at     TEXT NOT NULL                   -- when it last answered (UTC)
) STRICT, WITHOUT ROWID;
