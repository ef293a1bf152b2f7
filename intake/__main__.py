"""The door: `scr-intake`, or `python -m intake`.

Does: hands the command line to the room where everything is put together.
Trusts: nothing.
Never touches: anything else; this is the one module of this room that looks to the right.
Known limits: none.
"""

from __future__ import annotations

from commands.program import main

if __name__ == "__main__":
    main()
