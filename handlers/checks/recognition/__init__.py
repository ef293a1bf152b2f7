"""Which kinds of return are inside a document.

Does, in this order:

    word_index     blocks          -> where words stand, and what its top says that it is
    evidence       a kind          -> the words it is known by, and what a document shows of it
    recognition    all of it       -> which returns are in it, and where each begins

Trusts: nothing in a document. It runs in the confined worker.
Never touches: what judges say; the register.
Known limits: tables are claimed by `handlers/checks/table` first. Each module lists its own.
"""
