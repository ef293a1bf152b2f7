"""From a delivery in the spool to entries in the case register.

`clerk.py` takes a delivery through the rooms in this order, and each imports only from those before
it (`tests/test_architecture.py` holds them to that):

    what all rooms speak of   context, finding, throughout, findings, vouching
    typed                     what a person typed      -> a day, a time, an age, the same word
    document                  what documents are of    -> blocks, the blanks in them, their digests
    worker                    the process without rights, where all that comes in is opened
    word, paper, workbook     bytes                    -> blocks, by the kind of reader
    office                    an older format          -> a Word document, by LibreOffice
    signatures                bytes                    -> whether a digital signature holds
    form, report, table       blocks                   -> findings, by the shape of the kind
    annotating                findings                 -> the document with comments
    recognition               blocks                   -> which returns are in it, and where
    judging                   bytes                    -> judgements, all of the above put together
    register                  what the board relies on: places, returns, entries, decisions
    post                      a message                -> who sent it, for which agency and case
    desk                      a delivery               -> its lots, each for a place or for a person

`schema/` is what the register remembers.
"""
