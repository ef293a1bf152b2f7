-- The transports that take no letters now. A row stands for as long as one does not. While it does,
-- it is the transport that waits, not each letter. Written by outbox/sending/transport_back_off.py alone.

CREATE TABLE transport_waits (
    transport  TEXT PRIMARY KEY,           -- its place in the settings: 'outbox', 'outbox, instead 1'
    tries      INTEGER NOT NULL CHECK (tries >= 0), -- how often in a row it was found away since a person last mended something
    since      TEXT NOT NULL,              -- when it was first found away (UTC)
    not_before TEXT NOT NULL,              -- when it is tried again (UTC)
    answer     TEXT NOT NULL               -- why, in words of ours
) STRICT, WITHOUT ROWID;
