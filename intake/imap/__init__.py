"""A mailbox on a mail server, over IMAP.

`mailbox.py` is the source, and says how a message is remembered; `connection_thread.py` the one
thread that owns its connection, and how long it waits before it tries again. It makes that with
`connection.py` and works through a `session.py`. `filing.py` is where a message goes that is done
with, `errors.py` what may be wrong.
"""
