-- When each source last answered, to within some minutes: what the digest tells of its health.
-- Written by intake/source_health.py alone.

CREATE TABLE heard (
    source TEXT PRIMARY KEY,               -- 'drop', 'mail-1'; 'service' for a round that ended, 'service/begun' for a first one that began
    at     TEXT NOT NULL                   -- when it last answered, or ended (UTC)
) STRICT, WITHOUT ROWID;
