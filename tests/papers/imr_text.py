"""The words of an Individual Management Review, before they are put on paper.

Does: reads what every agency says (`text/imr.txt`) and what each says in its own voice
(`text/imr-*.toml`), and yields one stream of lines with the case's key issues as sub-headings.
Trusts: the text files beside it.
Never touches: Word, the clock, anything outside its own folder.
Known limits: an issue beyond those an agency wrote about gets two general paragraphs.

In `imr.txt` a line starting "#" is a section, "##" a sub-heading, "@" a place where something is
put in; all else is a paragraph. A paragraph starting "*" is commentary, printed bold.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from importlib.resources import files
from typing import Literal

ImrLinePart = Literal["section", "sub-heading", "paragraph", "commentary", "bullet", "insert"]


@dataclass(frozen=True, slots=True)
class ImrLine:
    """One line of the report: a heading, a paragraph, or the name of a thing to draw there."""

    part: ImrLinePart
    text: str


@dataclass(frozen=True, slots=True)
class AgencyVoice:
    """What one agency has to say. `pages` is where each section starts, for the contents."""

    we: str
    author_post: str
    commissioner_post: str
    pages: list[int]
    offers: str
    context: str
    records: list[str]
    interviews: str
    training: str
    immediate: str
    background: str
    story: list[str]
    after: str
    analysis: list[list[str]]
    good: str
    lessons: list[str]
    plan: list[list[str]]
    key: list[list[str]]


def load_agency_voice(code: str) -> AgencyVoice:
    """The voice of an agency, by its code. Raises FileNotFoundError for a code that has none."""
    return AgencyVoice(**tomllib.loads(_read(f"imr-{code.lower()}.toml")))


def imr_text_lines(
    own: AgencyVoice, agency: str, reference: str, issues: Sequence[str]
) -> Iterator[ImrLine]:
    """The report from its first section to its last."""
    slots = {
        "agency": agency,
        "reference": reference,
        "We": own.we.capitalize(),
        "we": own.we,
        "offers": own.offers,
        "context": own.context,
        "interviews": own.interviews,
        "training": own.training,
        "immediate": own.immediate,
        "background": own.background,
        "after": own.after,
        "good": own.good,
    }
    for block in _read("imr.txt").split("\n\n"):
        line = _line(block.strip())
        if line.part == "insert" and line.text in _INSERTS:
            yield from _INSERTS[line.text](own, issues)
        else:
            yield ImrLine(line.part, line.text.format_map(slots))


def _line(block: str) -> ImrLine:
    marks: tuple[tuple[str, ImrLinePart], ...] = (
        ("## ", "sub-heading"),
        ("# ", "section"),
        ("@", "insert"),
        ("*", "commentary"),
    )
    for mark, part in marks:
        if block.startswith(mark):
            return ImrLine(part, block.removeprefix(mark))
    return ImrLine("paragraph", block)


def _records(own: AgencyVoice, _: Sequence[str]) -> list[ImrLine]:
    return [ImrLine("bullet", record) for record in own.records]


def _story(own: AgencyVoice, _: Sequence[str]) -> list[ImrLine]:
    return [_line(paragraph) for paragraph in own.story]


def _lessons(own: AgencyVoice, _: Sequence[str]) -> list[ImrLine]:
    return [ImrLine("paragraph", lesson) for lesson in own.lessons]


def _recommendations(own: AgencyVoice, _: Sequence[str]) -> list[ImrLine]:
    numbered = enumerate((row[1] for row in own.plan), 1)
    return [ImrLine("paragraph", f"Recommendation {n}: {text}.") for n, text in numbered]


def _analysis(own: AgencyVoice, issues: Sequence[str]) -> Iterator[ImrLine]:
    for number, issue in enumerate(issues):
        yield ImrLine("sub-heading", issue)
        said = own.analysis[number] if number < len(own.analysis) else _GENERAL
        yield from (ImrLine("paragraph", paragraph) for paragraph in said)


_GENERAL = [
    "The author read every record with this issue in mind and asked about it at each interview. "
    "Practice was in line with the procedures in force at the time, and those procedures were "
    "themselves less clear than they should have been.",
    "With the benefit of hindsight, staff would have been helped by earlier advice. Nothing in "
    "the records suggests that advice was sought and refused.",
]

_INSERTS: dict[
    str, Callable[[AgencyVoice, Sequence[str]], Sequence[ImrLine] | Iterator[ImrLine]]
] = {
    "records": _records,
    "story": _story,
    "analysis": _analysis,
    "lessons": _lessons,
    "recommendations": _recommendations,
}


def _read(name: str) -> str:
    return (files(__package__) / "text" / name).read_text("utf-8")
