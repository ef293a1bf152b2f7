"""Who sent a message, and for which agency and case.

Does, in this order:

    mail            a message     -> read in the worker, its sender asked about, and what it is
    sender_proof    its headers   -> a doubt, or none, also by its signature
    similar_senders a stranger    -> whom they look like
    auto_replies    no person's   -> what is worth remembering: absence, until when
    leavers         a message     -> who leaves, and who is named instead
    covering_note   its words     -> what they say besides that it brings documents
    time_requests   its words     -> whether it asks for more time, or anything at all
    attribution     all of it     -> a place in the register, or why a person has to look

Trusts: a folder's permissions; the mailbox's policy about its senders.
Never touches: what documents are worth; letters.
Known limits: each module lists its own.
"""
