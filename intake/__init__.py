"""Brings things in safely: a message or a dropped file becomes a delivery in the spool.

    source            the contract of all sources: offer, read, release
    drop, maildir, imap   the three sources
    source_claim      of one source only one service takes things in
    source_health     what rounds recorded of each source: outages, and when it last answered
    source_backlog    what lies in a source and cannot be taken
    unregistered_senders  whose turn it is, of senders whom nobody registered
    message, headers  raw mail -> a Message; read in the confined worker only
    signatures, sign_in   digital signatures; how a mail server is signed in to
    spool             the database of deliveries, and how often judging one is tried
    vault             originals, encrypted, each under a key of its own (document_keys, data_keys)
    keys              the board's own keys; sealed_keys under a passphrase
    database          the one file of all three ledgers; schema_steps and row_changes change it
    backup, journal   a copy of all that is kept; what was taken in since
    chain_head        the head of the audit log's chain, kept outside the register as well

Trusts: nothing that comes in; the disk, once it said that it has written.
Never touches: what a delivery is worth. A source lets go of nothing before the spool has it.
Begin with `source.py`, `spool.py` and `vault.py`. `schema/` is what the spool remembers.
"""
