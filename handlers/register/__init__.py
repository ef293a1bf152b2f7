"""The case register: what the board relies on, and the only one that writes it.

Does: `register` opens its parts on one ledger. `cases`, `agencies` and `people` say who owes what;
`standing` and `contradiction` add to a judgement what the worker could not know; `logbook` writes
`entries` and moves what is `owed` by the table in `returns`; `notes` keeps what is no entry. What a
person settles is decided in `decision` and written by `decisions`. `record`, `sums`, `soundness`
and `history` keep it honest.
Trusts: verdicts; the schema refuses what is not on its lists.
Never touches: mail, documents, letters.
Known limits: each module lists its own.
"""
