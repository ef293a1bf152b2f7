"""A mailbox on a mail server, over IMAP.

`mailbox.py` is the source; `owner.py` the one thread that owns its connection, which it makes with
`connection.py`, works through a `session.py` and listens on with `idle.py`. `place.py` is how a
message is remembered, `folders.py` how folders are called on this server, `afterwards.py` where a
message goes that is done with, `retry.py` how long to wait, `trouble.py` what may be wrong.
"""
