"""What a word processor hides in a document, in words.

Does: says how many rows and whether any text is hidden, to begin a sentence with.
Trusts: the reader's counts.
Never touches: what the hidden words are: they were not read.
Known limits: a hidden row counts once, whatever is in it.
"""

from __future__ import annotations

from handlers.document.block import Traits


def hidden_in(traits: Traits) -> str:
    """What is hidden, with its verb; "" where nothing is."""
    rows, text = traits.hidden_rows, traits.hidden_text
    if rows and text:
        return f"{rows:,} row{'s' if rows > 1 else ''} and some text are"
    if rows:
        return f"{rows:,} rows are" if rows > 1 else "1 row is"
    return "Some text is" if text else ""
