"""Who sent a message, and for which agency and case.

Does, in this order:

    mailroom      a message     -> a Mail: read in the worker, its sender asked about
      proof         headers       -> a doubt, or none (signed_mail: by its signature)
      likeness      a stranger    -> whom they look like
    mail          what is known -> what it is, when it carries nothing or only asks for a check
    machine       no person's   -> what is worth remembering (absence: until when)
    leaving       a message     -> who leaves, and who is named instead
    evidence      what it says  -> the one place that all of it points at
    attribution   both          -> a place in the register, or why a person has to look

Trusts: a folder's permissions; the mailbox's policy about its senders.
Never touches: what documents are worth; letters.
Known limits: each module lists its own.
"""
