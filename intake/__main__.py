"""The entry point of `scr-intake`, and the one module here that imports to the right."""

from __future__ import annotations

from commands.program import main

if __name__ == "__main__":
    main()
