"""One document judged: bytes in, a judgement for each return inside it out.

Does: `in_sandbox` asks the worker, and `judging` answers there: the document is opened by a reader,
recognised, heard by each kind's judge, and checked as a whole (`document_checks`). What could not
be opened comes to what `arrival` says; `active_content` finds files that act when they are opened,
and `vocabulary` checks the words of what comes back. What every child needs is made before, by
judging `specimens`.
Trusts: nothing in a document; nothing of the worker's answer but its shape.
Never touches: the register: what is known of the agency is added after
(`register/agency_standing.py`).
Known limits: each module lists its own.
"""
