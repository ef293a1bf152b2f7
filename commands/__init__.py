"""What a person, or systemd, can start: the last package, where everything is put together.

A module here is one command or two that belong together; `program.py` is their table. What is no
command lies in rooms, each built upon those before it: `composition` opens the ledgers, the sources
and the letters; `decisions` is what a person settles, at a terminal or by `mail_orders`; `rounds`
has the steps of the one pass that the service is made of (`once.py`); `restoring` brings a board
back. `doctor` and `demo` are commands of several modules.
Trusts: the user whose board it is, and nobody else.
Never touches: a document but by the confined worker.
Imports point left: config <- intake <- handlers <- outbox <- commands.
Begin at `once.py`.
"""
