"""What a person, or systemd, can start: the last package, where everything is put together.

Each command is one module. `program.py` is their table; `app.py` opens the ledgers, the
sources and the letters for them; `once.py` is the one pass that the service is made of.
Imports point left: config <- intake <- handlers <- outbox <- commands.
"""
