"""The case register: what the board relies on, and the only one that writes it.

Does: `register` opens its parts on one database. `cases` and `agencies` say who owes what;
`agency_standing` adds to a judgement what the worker could not know; `logbook` writes the
`submissions` and moves what is owed by the table in `returns`; `entries`, `matrix` and
`time_requests` read it back; `notes` keeps what is no entry. What a person settles is decided in
`decision` and `entry_decisions`, and written by `decisions`. `audit_log` chains every act,
`audit_coverage` says which columns it covers, `reconciliation` and `integrity` keep it honest;
`pruning` says what a case file leaves out. `set_apart_reasons` says why something waits for a
person, and whether its sender hears of it. Trusts: verdicts; the schema refuses what is not on
its lists. Never touches: mail, documents, letters. Known limits: each module lists its own.
"""
