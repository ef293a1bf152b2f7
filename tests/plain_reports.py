"""Papers made of nothing but headings and paragraphs: kinds the demonstration has not, and none.

Does: lays a title, the lines of a front sheet and headed sections out as a real Word document.
Trusts: nothing; what is passed in is printed.
Never touches: files.
Known limits: no tables, no pictures; `tests/papers/imr_paper.py` has those.
"""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence

from tests.papers.paper import blank_word, document_bytes, made_once, new_document


@made_once
def report(
    title: str,
    front: Sequence[str],
    sections: Mapping[str, Sequence[str]],
    style: str = "Heading 1",
) -> bytes:
    """A .docx: `front` are lines under the title, `sections` paragraphs under each heading."""
    word = new_document(title)
    word.add_paragraph(title, style="Title")
    for line in front:
        word.add_paragraph(line)
    for heading, paragraphs in sections.items():
        word.add_paragraph(heading, style=style)
        for paragraph in paragraphs:
            word.add_paragraph(paragraph)
    return document_bytes(word)


def paper(words: str) -> bytes:
    """A document that is no return."""
    made, into = blank_word(), io.BytesIO()
    made.add_paragraph(words)
    made.save(into)
    return into.getvalue()
