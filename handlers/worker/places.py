"""Where in our own code something unforeseen happened, and nothing else about it.

Does: reduces an exception to its type and to "module:line" for frames of our own packages.
Trusts: nothing; a message or a local variable may hold a child's name (failure mode 89).
Never touches: the exception's message, arguments, notes, or source files.
Known limits: frames of libraries are left out, so the last place is where ours called theirs.
"""

from __future__ import annotations

import traceback
from collections.abc import Set

DEEPEST = 12


def places(error: BaseException, own: Set[str]) -> list[str]:
    """The innermost `DEEPEST` frames that belong to the packages in `own`, outermost first."""
    found = [
        f"{module}:{line}"
        for frame, line in traceback.walk_tb(error.__traceback__)
        if (module := str(frame.f_globals.get("__name__", ""))).partition(".")[0] in own
    ]
    return found[-DEEPEST:]


def type_name(error: BaseException) -> str:
    """`ValueError`, `zipfile.BadZipFile`."""
    kind = type(error)
    module = "" if kind.__module__ == "builtins" else f"{kind.__module__}."
    return f"{module}{kind.__name__}"
