"""The administrator's mails: what answers a digest is carried out, and answered.

Does: `order_claims` says whether a mail counts, and which digest it answers; `wishes` turns an
order into what a command would ask for; `doing` carries it out, once, and `undoing` takes it back;
`asked_at_once` and `details` change nothing; `answering` puts a whole mail together.
Trusts: the key, which only we can make, and what the mailbox proves.
Never touches: the mail's text but by the confined worker.
"""
