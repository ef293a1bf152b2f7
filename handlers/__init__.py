"""From a delivery in the spool to entries in the case register.

`deliveries/process_delivery.py` takes a delivery through these rooms, and each imports only from
those before it (`tests/test_architecture.py` holds them to that):

    context, verdict, findings, in_order_parts   what all the others speak of
    values         what a person typed        -> a day, a time, an age, the same word
    document       the pieces that a document is made of, whatever program wrote it
    fields         pieces                     -> labels, and what was entered against them
    sandbox        the process without rights, where all that comes in is opened
    scanning       the virus scanner, which says what may be opened there
    readers        bytes of Word, PDF, workbook -> a document; whether a digital signature holds
    checks         a document                 -> which returns are in it, and the findings on each
    comments       findings                   -> the document with comments
    judging        bytes                      -> judgements, all of the above put together
    register       what the board relies on: returns, entries, decisions, the audit log
    senders        a message                  -> who sent it, for which agency and case
    orders         a reply to the digest      -> what the administrator asks for
    deliveries     a delivery                 -> its documents, each for a place or for a person

`schema/` is what the register remembers.
"""
