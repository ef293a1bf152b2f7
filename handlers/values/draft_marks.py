"""Says whether what stands on a front sheet, in a title or in a margin marks a draft.

The words are those of `config/unfinished.toml`. A draft of which a later line names the final
version is none.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from handlers.values.normalise import fold_text
from handlers.values.unfinished import PHRASES


def is_still_draft(lines: Iterable[str]) -> bool:
    """Whether any line marks a draft, and none below it says that this one is final."""
    marked = False
    past = False  # a version of several, which a later one may replace
    for line in lines:
        if is_marked_draft(line):
            past = (past or not marked) and _tells_version(line)
            marked = True
        elif marked and past and _is_final(fold_text(line).split()):
            marked = False
    return marked


def is_marked_draft(line: str) -> bool:
    """Whether a line marks a draft: "DRAFT", "Draft v2 - not yet approved"."""
    words = PHRASES.without("no_marks", fold_text(line).split())
    last = max(PHRASES.ends("marks", words), default=None)
    return last is not None and not _is_final(words[last:])


def _tells_version(line: str) -> bool:
    """Whether it is of a history of versions, with a number or a day."""
    return any(char.isdigit() for char in line)


def _is_final(words: Sequence[str]) -> bool:
    if PHRASES.has("not_finals", words) or PHRASES.has("marks", words):
        return False
    numbered = any(word[:1].isdigit() or word[:1] == "v" for word in words)
    return "final" in words or (numbered and PHRASES.has("finals", words))
