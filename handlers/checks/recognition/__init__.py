"""Which kinds of return are inside a document.

Does, in this order:

    hallmarks      a kind          -> the words it is known by
    concordance    blocks          -> where words stand
    announcement   its top         -> what it says it is
    trace          all of these    -> what it shows of one kind, and how sure that makes it
    signs          a letter        -> the small return it is without saying so
    cut            two traces      -> where one return ends and the next begins
    recognition    all of it       -> `recognise`

Trusts: nothing in a document. It runs in the confined worker.
Never touches: what judges say; the register.
Known limits: tables are claimed by `handlers/checks/table` first. Each module lists its own.
"""
