"""Names suspected: where a report seems to say who somebody really is.

Does: looks through everything but the front sheet, the key to personnel and the signing off, and
says in which section and paragraph to look.
Trusts: the case's subjects to be pseudonyms, save where one is a first name and a surname.
Never touches: what it found; only its kind and its place go into a finding.
Known limits: those of `handlers/report/identifying.py`. Page headers and footers carry an
agency's own address and are left out.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping

from handlers.context import Context
from handlers.finding import Where
from handlers.findings import Findings
from handlers.report.identifying import identifying
from handlers.report.key import key_blocks
from handlers.report.listing import listed
from handlers.report.paragraphs import counted, in_words
from handlers.report.passage import Passage, passages
from handlers.report.plan import placed
from handlers.report.report import Report


def check_names(report: Report, findings: Findings) -> None:
    """names-suspected: `{what}`, `{place}` (" in paragraph 4 of this section", or nothing)."""
    if not report.shape.anonymised:
        return
    in_text: dict[str, dict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
    spoken, ordinary, place_of = _spoken(report), _ordinary(report), placed(report)
    for passage, number in _searched(report):
        where = place_of(passage)
        told = tuple(dict.fromkeys(identifying(_without_agency(passage, report), spoken, ordinary)))
        if where.row is not None and told:
            findings.add("names-suspected", where, what=listed(told), place="")
        for what in told if where.row is None else ():
            in_text[where.section or ""][what].append(number)
    for section, found in in_text.items():
        for numbers, whats in _together(found):
            place = f" in {in_words(numbers)} of this part"
            findings.add("names-suspected", Where(section=section), what=listed(whats), place=place)


def _together(found: Mapping[str, list[int]]) -> Iterator[tuple[list[int], list[str]]]:
    """What is suspected in the same paragraphs, told at once."""
    same: dict[tuple[int, ...], list[str]] = defaultdict(list)
    for what, numbers in found.items():
        same[tuple(numbers)].append(what)
    yield from ((list(numbers), whats) for numbers, whats in same.items())


def _searched(report: Report) -> Iterator[tuple[Passage, int]]:
    """Passages to look through, each with its number among the paragraphs of its section."""
    left_out = key_blocks(report)
    for one in counted(report, report.outline.front):
        if one.passage.position not in left_out and not _signing(report, one.passage):
            yield one.passage, one.number


def _signing(report: Report, passage: Passage) -> bool:
    here, sign_off = report.outline.at(passage.position), report.shape.sign_off
    return here is not None and sign_off is not None and here.section.key == sign_off.section


def _without_agency(passage: Passage, report: Report) -> str:
    """The agency may name itself, and "Meadow Lane Surgery" reads like a street."""
    agency = report.context.agency
    return passage.text.replace(agency.name, " ") if agency and agency.name else passage.text


def _spoken(report: Report) -> tuple[str, ...]:
    return (*report.shape.public_names, *_pseudonyms(report.context))


def _ordinary(report: Report) -> frozenset[str]:
    """Every word the report uses in small letters."""
    return frozenset(
        word for p in passages(report.blocks) for word in p.text.split() if word.islower()
    )


def _pseudonyms(context: Context) -> tuple[str, ...]:
    return tuple(subject.name for subject in context.case.subjects) if context.case else ()
