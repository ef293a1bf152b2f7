"""What `backup`, `restore` and `recover` do beside copying: where a backup may lie, what it says,
and what came and left after it.

Does: `recovery_steps.py` takes in again what the sources and the journal still hold;
`destroyed_again.py` destroys again what was withdrawn since; `acts_again.py` and
`only_in_register.py` list what a person has to do or look at.
Trusts: what is sealed with the board's keys.
Never touches: a board that already has a register.
Start at `recovery_steps.py`.
"""
