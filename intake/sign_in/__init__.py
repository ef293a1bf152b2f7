"""Signing in to a mail server, for IMAP and SMTP alike.

`account.py` says what a connection is given and reads a password, `oauth.py` is OAuth 2,
`accounts.py` chooses by the settings. Nothing here reads the environment or a command line.
"""
