"""Puts the service together from its settings: the one place where ledgers, sources, letters and
transports meet.

Does: `app.py` opens everything for a command that works on the register, `runtime.py` the settings,
keys, lock and vault alone; `incoming.py` and `outgoing.py` build the two ends from `sources.py` and
`transports.py`; `usable_register.py` opens a register only to look at it.
Trusts: the settings, as they were checked when they were read.
Never touches: what came. It opens things and hands them out, and decides nothing.
Start at `app.py`.
"""
