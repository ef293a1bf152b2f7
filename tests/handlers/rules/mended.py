"""A document mended as a fix says, to the letter: the value that the tables beside this file hold.

Does: names the value, and takes out of a fix what it gives to be entered: what it quotes, and what
it names after "such as".
Trusts: the rules' own tables for the documents that have the faults.
Never touches: how a document is judged.
Known limits: what a fix says without an example is done by hand in the tables.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from handlers.findings import Finding
from tests.builders_package import Element, body, edited, w, xml
from tests.builders_reports import section_of
from tests.builders_tables import text_of

Mend = Callable[[bytes, Finding], Iterable[bytes]]
Document = bytes | Callable[[], bytes] | None

_QUOTED = re.compile(r'"([^"]+)"')
_NAMED = re.compile(r"such as ([^;]+?)(?=[.;](?:\s|$)|, and\b|, with\b|: |$)")
_MEANT = re.compile(r"\s+for [^,]+")  # "3/12 for three months"


@dataclass(frozen=True, slots=True)
class Mended:
    """One rule of a kind. `mend` makes, of the document that is told of it and of what it is told,
    each document that does what the fix says; `faulty` is that document where it is another than
    the rules' own table has, and `of` what it is called. `still` are rules that may be told of the
    mended too, and `as_kind` their kind where it is another."""

    kind: str
    rule: str
    mend: Mend
    faulty: Document = None
    of: str = ""
    still: frozenset[str] = frozenset()
    as_kind: str = ""


def quoted(fix: str) -> list[str]:
    found = _QUOTED.findall(fix)
    assert found, f"nothing is quoted: {fix}"
    return found


def named(fix: str) -> list[str]:
    """What stands after "such as": one thing or several."""
    found = [
        part.strip().removeprefix("or ").strip('"')
        for tail in _NAMED.findall(fix)
        for part in _MEANT.sub("", tail).split(",")
    ]
    assert found, f"nothing is named: {fix}"
    return found


def with_lines(docx: bytes, after: str, *lines: str) -> bytes:
    """Plain lines put in below the paragraph that begins with `after`."""

    def change(root: Element) -> None:
        place = next(p for p in root.iter(w("p")) if text_of(p).startswith(after))
        for line in reversed(lines):
            place.addnext(line_of(line))

    return edited(docx, change)


def with_lines_first(docx: bytes, *lines: str) -> bytes:
    def change(root: Element) -> None:
        for line in reversed(lines):
            body(root).insert(0, line_of(line))

    return edited(docx, change)


def with_section(docx: bytes, heading: str, before: str, *lines: str) -> bytes:
    """A section more, its heading in the style of the others."""

    def change(root: Element) -> None:
        place = section_of(root, before)[0]
        made = line_of(heading)
        made.insert(0, xml('<w:pPr><w:pStyle w:val="Heading1"/></w:pPr>'))
        place.addprevious(made)
        for line in lines:
            place.addprevious(line_of(line))

    return edited(docx, change)


def line_of(text: str) -> Element:
    paragraph = xml('<w:p><w:r><w:t xml:space="preserve"/></w:r></w:p>')
    paragraph[0][0].text = text
    return paragraph
