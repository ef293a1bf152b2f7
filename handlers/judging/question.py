"""What is asked of the worker about one document.

Does: carries the context and what is known of the file besides its bytes.
Trusts: the clerk, or the command that asks.
Never touches: the document.
Known limits: none.
"""

from __future__ import annotations

from dataclasses import dataclass

from handlers.context import Context
from intake.signatures.trust import Trust


@dataclass(frozen=True, slots=True)
class Question:
    """`ending` is that of the file's name, `format` as sniffed already; "" where not known.
    Without `trust` no digital signature counts."""

    context: Context
    ending: str = ""
    format: str = ""
    trust: Trust | None = None
