"""A table of a document's versions: Version | Date | Author | Changes.

Does: tells such a table by its headings. Its dates and authors are nobody's blanks.
Trusts: nothing.
Never touches: what stands under the headings.
Known limits: English headings. One with a column to sign in may be where a return is signed, and is
none.
"""

from __future__ import annotations

from collections.abc import Sequence

from handlers.document.block import Row
from handlers.typed.fold import fold

_VERSION = frozenset({"version", "revision", "issue", "draft", "edition", "ver", "rev"})
_BESIDE = frozenset(
    ["date", "dated", "author", "authors", "by", "change", "changes", "amendment", "amendments",
     "reason", "description", "status", "comments", "comment", "summary", "details", "editor",
     "when", "who", "reviewer", "notes"]
)  # fmt: skip
_SIGNED = frozenset({"signed", "signature", "sign", "signatory"})


def is_version_table(rows: Sequence[Row]) -> bool:
    """Whether the first row heads versions, and says of each when, by whom or what changed."""
    if not rows or len(rows[0].cells) < 3:
        return False
    heads = [set(fold(cell.text).split()) for cell in rows[0].cells]
    if any(head & _SIGNED for head in heads):
        return False
    first = bool(heads[0] & _VERSION) or bool(heads[1] & _VERSION)
    return first and sum(bool(head & _BESIDE) for head in heads) >= 2
