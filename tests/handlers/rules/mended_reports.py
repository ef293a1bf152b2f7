"""What the fixes of a report's rules give to be written, written.

Does: lists a row for each rule whose fix says what to write and where.
Trusts: `tests/builders.py` for the documents.
Never touches: files.
Known limits: none.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from config.kind_shape import ReportShape
from handlers.findings import Finding
from outbox.writing.places import Change, group_into_changes
from tests.builders import emptied_section, with_cell, with_paragraph, with_table_after, with_text
from tests.builders_package import Element, body, edited, xml
from tests.builders_reports import section_of
from tests.handlers.rules import public_reports
from tests.handlers.rules.mended import (
    Mend,
    Mended,
    line_of,
    quoted,
    with_lines,
    with_lines_first,
    with_section,
)
from tests.handlers.rules.reports import EVIDENCE, PLAN, SOUND
from tests.handlers.rules.shown import KINDS, told

WHO = {
    "report author": {"name": "Jane Holt", "job designation": "Named Nurse"},
    "agency commissioner": {"name": "Paul Reed", "job designation": "Director of Nursing"},
}
SIGNED = {"date": "20 May 2010", "signature": "{name}"}
SIGNING, DAY = "Signing Off", "20 May 2010"
# Sections in which there may be nothing to report.
MAY_BE_BARE = (
    "Background Information", "Summary of Period Covered by Chronology",
    "Conclusions/ Lessons to be learned",
    "Relevant post incident additional information that has come to light during the review"
    " process",
)  # fmt: skip


def one(rule: str, mend: Mend, faulty: bytes | None = None, of: str = "") -> Mended:
    return Mended("imr", rule, mend, faulty, of)


def put(column: str, *texts: str) -> Mend:
    """Each text in the plan's first row."""
    return lambda docx, finding: [with_cell(docx, 2, column, text, PLAN) for text in texts]


def line(old: str, *new: str) -> Mend:
    """A paragraph made to read otherwise."""
    return lambda docx, finding: [with_text(docx, old, text) for text in new]


def heading(old: str) -> Mend:
    return lambda docx, finding: [with_text(docx, old, text) for text in heading_given(finding)]


def heading_given(finding: Finding) -> list[str]:
    """The heading that the fix quotes, or that the letter prints over the fix."""
    if finding.fix.endswith("as given here."):
        assert finding.where.section
        return [finding.where.section]
    return quoted(finding.fix)


def nothing_to_report(kind: str, name: str) -> Mend:
    """The sentence that the fix gives, alone under a heading."""

    def mend(docx: bytes, finding: Finding) -> Iterator[bytes]:
        for text in quoted(finding.fix):
            for said in (text, f"{text}.", f'"{text}"'):
                yield (
                    with_paragraph(docx, name, said)
                    if kind == "imr"
                    else public_reports.printed(kind, {**public_reports.SOUND[kind], name: (said,)})
                )

    return mend


def empty_sections() -> Iterator[Mended]:
    shape = KINDS["imr"].shape
    assert isinstance(shape, ReportShape)
    for section in shape.sections:
        if section.heading in MAY_BE_BARE:
            empty = emptied_section(SOUND, section.heading)
            mend = nothing_to_report("imr", section.heading)
            yield one("section-empty", mend, empty, section.heading)
    for name in list(public_reports.SOUND["executive_summary"])[:1]:
        kind = "executive_summary"
        empty = public_reports.printed(kind, {**public_reports.SOUND[kind], name: ()})
        yield Mended(kind, "section-empty", nothing_to_report(kind, name), empty, name)


def signed(docx: bytes, finding: Finding) -> Iterator[bytes]:
    """Both give what is asked for under the heading: each as a line, as "Author's name: ...", and
    all in one line."""
    whole, owned, short = list[str](), list[str](), list[str]()
    for who, own in WHO.items():
        parts = {k: v.format(**own) for k, v in {**own, **SIGNED}.items()}
        whole += [who.capitalize(), *(f"{k.capitalize()}: {v}" for k, v in parts.items())]
        owned += [f"{who.capitalize()}'s {k}: {v}" for k, v in parts.items()]
        short += [f"{who.capitalize()}: {', '.join(parts.values())}"]
    for lines in (whole, owned, short):
        yield with_lines(docx, SIGNING, *lines)


def plan_table(docx: bytes, finding: Finding) -> Iterator[bytes]:
    """The columns in the fix's own words."""
    names = finding.fix.split("columns ")[1].rstrip(".").replace(" and ", ", ").split(", ")
    row = ["Children are safe.", "A policy is written.", "Draft it.", "Practice Manager",
           "31 July 2010", "An audit of ten records."]  # fmt: skip
    yield with_table_after(docx, [names, row])


def rows() -> Iterator[Mended]:
    summary = "Summary of Period Covered by Chronology"
    yield one("section-missing", lambda d, f: [
        with_section(d, quoted(f.fix)[0], summary, "The family moved here in 2006."),
    ])  # fmt: skip
    yield one("section-unclear", heading("What we knew already"))
    yield one("section-reworded", heading("Background to the Case"))
    yield from empty_sections()
    yield one("front-sheet-strictly-confidential", lambda d, f: [
        with_lines_first(d, quoted(f.fix)[0]),
    ])  # fmt: skip
    yield one("front-sheet-agency", lambda d, f: [with_lines_first(d, "Meadow Lane Surgery")])
    yield one("front-sheet-in-respect-of", line("Child:\tN12/A", "In Respect of:"))
    yield one("front-sheet-ethnic-origin", line(
        "Ethnic Origin:", "Ethnic Origin: White British", "Ethnic Origin: our records do not say",
    ))  # fmt: skip
    yield one("front-sheet-author", line("Author:", "Author: Jane Holt", "Author:\tJane Holt"))
    yield one("front-sheet-date", line("Date:", "Date: 20/05/2010", "Date:\t20 May 2010"))
    yield one("front-sheet-date-invalid", line("Date:\t31/04/2010", "Date: 28/02/2010"))
    yield one("front-sheet-date-future", line("Date:\t20 May 2012", "Date: 20 May 2010"))
    yield one("front-sheet-unclear", line("Lead:\tMrs One, Named Nurse", "Author: Mrs One"))
    yield one("genogram-missing", lambda d, f: [
        with_paragraph(d, "Genogram", said) for said in (
            "There is none because the panel has one.", "A genogram could not be drawn.",
        )
    ])  # fmt: skip
    yield one("personnel-key-missing", lambda d, f: [
        with_lines(d, "This report has", *quoted(f.fix), "HV1: Health visitor", "GP1: Doctor"),
    ])  # fmt: skip
    yield one("version", lambda d, f: [with_lines(d, "Author:", "Version 2, 20 May 2010")])
    yield one("plan-missing", plan_table)
    yield one("plan-column-missing", lambda d, f: [SOUND])
    yield one("plan-column-unclear", lambda d, f: [with_cell(d, 1, 4, "By Whom", PLAN)])
    yield one("plan-by-whom-missing", put("By Whom", "Practice Manager", "The Practice Manager"))
    yield one("plan-timescale-missing", put("Timescale", "31 July 2010", "By 31/07/2010"))
    yield one("plan-timescale-vague", put("Timescale", "31 July 2010, then each year"))
    yield one("plan-evidence-missing", put(EVIDENCE, "Minutes, audited in July."))
    yield one("sign-off-missing", signed, emptied_section(SOUND, SIGNING), "nothing")
    yield one("sign-off-unclear", lambda d, f: signed(emptied_section(SOUND, SIGNING), f))
    yield from single_parts()
    yield from wholesale()
    yield from placeholders()
    yield from public_rows()
    yield heading_above()


def without(*sections: str) -> bytes:
    def change(root: Element) -> None:
        for name in sections:
            for block in section_of(root, name):
                body(root).remove(block)

    return edited(SOUND, change)


def wholesale() -> Iterator[Mended]:
    """What is missing with all that belongs there is told as one change, and mended by it."""

    def signing(docx: bytes, finding: Finding) -> Iterator[bytes]:
        (first, *lines) = quoted(told_as_one(docx, "Signing Off").fix)
        values = iter([v for own in WHO.values() for v in (*own.values(), DAY, own["name"])])
        filled = [f"{one} {next(values)}" if one.endswith(":") else one for one in lines]
        yield at_the_end(docx, first, *filled)

    yield one("section-missing", signing, without("Signing Off"), "signing off")

    def front(docx: bytes, finding: Finding) -> Iterator[bytes]:
        yield with_lines_first(docx, *quoted(finding.fix))

    bare = edited(SOUND, without_front)
    yield one("front-sheet-author", front, bare, "no front sheet")


def without_front(root: Element) -> None:
    first = section_of(root, "Introduction")[0]
    for block in list(first.itersiblings(preceding=True)):
        body(root).remove(block)


def told_as_one(docx: bytes, section: str) -> Change:
    findings = told("imr", docx).findings
    faults = [f for f in findings if f.severity == "fault"]
    (change,) = group_into_changes(faults)
    assert change.place == section
    return change


def at_the_end(docx: bytes, heading: str, *lines: str) -> bytes:
    def change(root: Element) -> None:
        made = line_of(heading)
        made.insert(0, xml('<w:pPr><w:pStyle w:val="Heading1"/></w:pPr>'))
        last = body(root)[-1]
        for block in (made, *map(line_of, lines)):
            last.addprevious(block)

    return edited(docx, change)


LEFT = {
    "agency": ("[Insert agency name]", "Write the agency's name", "Meadow Lane Surgery"),
    "date": ("[Insert date]", "Write the date in its place, day first", "20/05/2010"),
    "role": ("[Insert role]", "Write the job title", "Named Nurse"),
    "person": ("[Insert name of nurse]", "such as HV1", "HV1"),
    "child": ("[Insert child's name]", "the name that the review uses", "Child N"),
}


def placeholders() -> Iterator[Mended]:
    """What a letter asks to be written in the place of the template's words, written."""
    for of, (words, asked, value) in LEFT.items():
        for section in ("Analysis", "Introduction"):
            yield one("placeholder-left", *left_in(section, words, asked, value), of)


def left_in(section: str, words: str, asked: str, value: str) -> tuple[Mend, bytes]:
    said = "The plan of {} was shared with the panel."

    def mend(docx: bytes, finding: Finding) -> Iterator[bytes]:
        assert asked in finding.fix, finding.fix
        yield with_text(docx, said.format(words), said.format(value))

    return mend, with_paragraph(SOUND, section, said.format(words))


def single_parts() -> Iterator[Mended]:
    """One part is left blank in a table, and given in a line under the heading. In a line that
    does not say whose it is, it is for a person to look at."""
    rows = {"name": 1, "job designation": 2}, {"signature": 3, "date": 4}
    for table, (who, own), parts in zip((3, 4), WHO.items(), rows, strict=True):
        for part, row in parts.items():
            said = {**own, **SIGNED}[part].format(**own)
            empty = with_cell(SOUND, row, 2, "", table)
            owned = (f"{who.capitalize()}'s {part}: {said}", f"The {who}'s {part} is {said}.")
            yield one("sign-off-missing", placed(*owned), empty, f"{who} {part}")
            nobodys = f"{part.capitalize()}: {said}"
            yield Mended(
                "imr", "sign-off-missing", placed(nobodys, nobodys), empty, f"{part} of nobody's",
                frozenset({"sign-off-unclear"}),
            )  # fmt: skip


def placed(above: str, below: str) -> Mend:
    """One line above both signatories' tables, and one below them."""

    def put_below(root: Element) -> None:
        section_of(root, SIGNING)[-1].addnext(line_of(below))

    return lambda docx, finding: [
        with_lines(docx, "This report has", above),
        edited(docx, put_below),
    ]


def public_rows() -> Iterator[Mended]:
    """A heading as the fix has it, over its text."""
    for kind, sound in public_reports.SOUND.items():
        room, second = public_reports.ROOM[kind], public_reports.SECOND[kind]
        headings = {"section-missing": room, "section-unclear": room, "section-reworded": second}
        for rule, heading in headings.items():
            yield Mended(kind, rule, partial(_headed, kind, heading, sound))


def _headed(
    kind: str, old: str, sound: public_reports.Sections, docx: bytes, finding: Finding
) -> Iterator[bytes]:
    (words,) = heading_given(finding)
    yield public_reports.printed(kind, {words if h == old else h: t for h, t in sound.items()})


def heading_above() -> Mended:
    """The text is there without its heading, which is typed above it as a plain line."""
    section = "Background Information"
    bare = edited(SOUND, lambda root: body(root).remove(section_of(root, section)[0]))

    def mend(docx: bytes, finding: Finding) -> Iterator[bytes]:
        yield with_lines(docx, "Child N, born May 2007", *quoted(finding.fix))

    return one("section-missing", mend, bare, "heading above")


ROWS = tuple(rows())
