"""Due letters: what is to be written now, by what the register says: answers, decisions, receipts.

Every letter is derived anew from the register, never remembered. Never touches: the network.
Begin with `due_letters.py`."""
