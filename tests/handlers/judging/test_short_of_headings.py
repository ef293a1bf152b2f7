"""A chronology that has only some of its headings: told, where it says that it is one."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO

from config.kind_loading import load_kinds
from handlers.context import Context
from handlers.findings import Judgement
from handlers.judging.arrival import JudgingRequest
from handlers.judging.judging import judge_document
from handlers.readers.word.stamping import stamp_document
from tests.chronologies import CONTEXT, HEADINGS, entry
from tests.papers.paper import blank_word

KINDS = load_kinds()
FEW = ("Date", "Time", "Event")
STAMP = f"N12/GP/chronology/{'0' * 32}"


def paper(*lines: str, headings: tuple[str, ...] = FEW, header: str = "", day: str = "") -> bytes:
    """Those lines, a table of two entries under those headings, and perhaps a page header."""
    document = blank_word()
    for line in lines:
        document.add_paragraph(line)
    document.sections[0].header.paragraphs[0].text = header
    cells = dict(zip(HEADINGS, entry(date=day or "01/02/2009"), strict=True))
    cells["Date of event"] = cells["Date"]
    table = document.add_table(0, len(headings))
    for texts in (headings, *[[cells.get(h, "Seen.") for h in headings]] * 2):
        for cell, text in zip(table.add_row().cells, texts, strict=True):
            cell.text = text
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def judged(data: bytes, context: Context = CONTEXT) -> Judgement:
    (judgement,) = judge_document(data, JudgingRequest(context, "docx", "docx"), KINDS)
    return judgement


def lacks(judgement: Judgement) -> list[str | None]:
    return [f.where.column for f in judgement.findings if f.rule == "heading-missing"]


def test_each_heading_that_a_small_chronology_lacks_is_told() -> None:
    title = "Agency Chronology: Meadow Lane Surgery"
    said_to_be = {
        "its title": judged(paper("CONFIDENTIAL", title)),
        "a short title": judged(paper("Chronology")),
        "its header": judged(paper("Meadow Lane", header="Internal chronology")),
        "its stamp": judged(stamp_document(paper(), STAMP)),
        "whoever sent it": judged(paper(), replace(CONTEXT, assume="chronology")),
    }
    for judgement in said_to_be.values():
        assert (judgement.kind, judgement.verdict) == ("chronology", "reject")
        assert lacks(judgement) == [h for h in HEADINGS if h not in FEW]
        assert {f.rule for f in judgement.findings} == {"heading-missing"}
    four = judged(paper(title, headings=("Date", "Time", "Event", "Action taken", "Agency")))
    assert lacks(four) != [] and four.verdict == "reject"
    worded = ("Date of event", "Time of event", "Agency name", "Subject", "Source", "Event details")
    other = judged(paper(title, headings=worded))
    assert lacks(other) == ["Age", "Child seen", "Authors Comment"]
    assert {f.rule for f in other.findings} >= {"heading-missing", "heading-changed"}


def test_what_does_not_say_that_it_is_one_is_for_a_person_to_look_at() -> None:
    other = "Individual Management Review"
    doubtful = [
        paper(),
        paper("Timeline of visits"),
        paper("The chronology is attached."),
        paper("We looked at what the chronology says about the visits"),
        paper("Chronology", headings=("Time", "Agency", "Event")),
        paper("Chronology", headings=("Date", "Event")),
        paper("Chronology", day="Monday"),
        paper("1 Introduction", "3 Background Information", "6 Analysis", other, "Chronology"),
    ]
    for data in doubtful:
        assert judged(data).verdict == "refer"


def test_what_says_that_it_is_a_chronology_is_most_like_one_whatever_its_headings_are() -> None:
    words = ("When", "Who", "About whom", "Seen?", "What happened", "What was learnt")
    (finding,) = judged(paper("Agency Chronology", headings=words)).findings
    assert finding.rule == "not-recognised-near"
    assert "chronology" in finding.message
