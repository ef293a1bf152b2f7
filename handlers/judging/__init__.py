"""One document judged: bytes in, a judgement for each return inside it out.

Does: `confined` asks the worker a `question`, and `judging` answers it there: opened by a reader,
recognised, heard by each kind's judge, and held against the `copy` it came in. What could not be
opened comes to what `arrival` says.
Trusts: nothing in a document; nothing of the worker's answer but its shape.
Never touches: the register: what is known of the agency is added after (`register/standing.py`).
Known limits: each module lists its own.
"""
