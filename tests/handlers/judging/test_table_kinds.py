"""A board whose own folder has a second and a third kind that are tables (failure mode 123)."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from io import BytesIO
from itertools import permutations
from pathlib import Path

import pytest

from config.kind import Kinds
from config.kind_loading import SHIPPED_KINDS_FOLDER, load_kinds
from handlers.context import AgencyFacts, Context
from handlers.findings import Judgement
from handlers.judging.arrival import JudgingRequest
from handlers.judging.judging import judge_document
from handlers.readers.word.stamping import stamp_document
from tests.papers.paper import blank_word

CHRONOLOGY = (SHIPPED_KINDS_FOLDER / "chronology.toml").read_text(encoding="utf-8")
# Each review's own columns: made up for this test, in the manner of the chronology's.
COLUMNS = {
    "rapid_chronology": {
        "date": "Date", "time": "Time", "agency": "Agency", "subject": "Name of subject",
        "source": "Source of Information", "event": "Event",
    },
    "death_chronology": {
        "date": "Date", "time": "Time", "agency": "Agency", "subject": "Name of subject",
        "source": "Source of Information", "event": "Event", "response": "Response",
        "comment": "Authors Comment",
    },
    "chronology": {
        "date": "Date", "time": "Time", "agency": "Agency", "subject": "Name of subject",
        "age": "Age", "child-seen": "Child seen", "source": "Source of Information",
        "event": "Event", "comment": "Authors Comment",
    },
}  # fmt: skip
CELLS = {
    "date": "01/02/2009", "time": "17:45", "agency": "Police", "subject": "Adult K", "age": "7",
    "child-seen": "Y", "source": "Log", "event": "Called to the house.", "response": "Attended.",
    "comment": "None.",
}  # fmt: skip
POLICE = AgencyFacts("POL", "Shire Police", ("Police",))
CONTEXT = Context(date(2010, 4, 1), None, POLICE)
SORTS = {"date", "time", "agency", "subject", "age", "source"}


def kind(name: str, order: int) -> str:
    """The chronology's file with the columns of another review, and the rules of those."""
    columns = "".join(
        f'[[shape.columns]]\nkey = "{key}"\nheading = "{heading}"\n'
        + (f'reads_as = "{key}"\n' if key in SORTS else "")
        + ('reads_as = "yes_no"\n' if key == "child-seen" else "")
        for key, heading in COLUMNS[name].items()
    )
    head, _, rest = CHRONOLOGY.partition("[[shape.columns]]")
    rules = rest[rest.index("# The table as a whole") :]
    if "age" not in COLUMNS[name]:
        rules = re.sub(r"\[rules\.(?:age-\w+|child-seen)\]\n(?:.+\n)+", "", rules)
    head = re.sub(r"^order .*$", f"order = {order}", head, flags=re.M)
    for words in ("Chronology", "chronology"):
        head = head.replace(f'"{words}"', f'"{name.replace("_", " ")} {words}"')
    return f"{head}{columns}\n{rules}"


@pytest.fixture(params=list(permutations([0, 30, 31]))[::2], ids=str, scope="module")
def kinds(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Kinds:
    """The board's kinds, in whatever order they stand."""
    folder: Path = tmp_path_factory.mktemp("kinds")
    for name, order in zip(COLUMNS, request.param, strict=True):
        (folder / f"{name}.toml").write_text(kind(name, order), encoding="utf-8")
    return load_kinds(folder)


def paper(headings: list[str], *rows: list[str]) -> bytes:
    document = blank_word()
    document.add_paragraph("Chronology")
    table = document.add_table(0, len(headings))
    for texts in (headings, *rows):
        for cell, text in zip(table.add_row().cells, texts, strict=True):
            cell.text = text
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def of(name: str, without: str = "", **other: str) -> bytes:
    """A document of that kind, perhaps with one heading taken out, or some cells other."""
    keys = [key for key in COLUMNS[name] if key != without]
    entry = [other.get(key, CELLS[key]) for key in keys]
    return paper([COLUMNS[name][key] for key in keys], entry, [CELLS[key] for key in keys])


def judged(data: bytes, kinds: Kinds, context: Context = CONTEXT) -> Judgement:
    (judgement,) = judge_document(data, JudgingRequest(context, "docx", "docx"), kinds)
    return judgement


@pytest.mark.parametrize("name", COLUMNS)
def test_a_faultless_one_of_each_kind_is_accepted(name: str, kinds: Kinds) -> None:
    judgement = judged(of(name), kinds)
    assert (judgement.kind, judgement.verdict) == (name, "accept")


@pytest.mark.parametrize("name", COLUMNS)
def test_a_fault_in_one_is_told_in_that_kinds_columns(name: str, kinds: Kinds) -> None:
    judgement = judged(of(name, source=""), kinds)
    assert judgement.kind == name
    (fault,) = [f for f in judgement.findings if f.severity == "fault"]
    assert (fault.rule, fault.where.row) == ("source-missing", 2)


@pytest.mark.parametrize("name", COLUMNS)
def test_the_kind_that_is_named_is_judged(name: str, kinds: Kinds) -> None:
    judgement = judged(of(name), kinds, replace(CONTEXT, assume=name))
    assert (judgement.kind, judgement.verdict) == (name, "accept")


@pytest.mark.parametrize("name", COLUMNS)
@pytest.mark.parametrize("without", ["time", "event", "source"])
def test_a_stamped_document_is_that_kind_whatever_it_lacks(
    name: str, without: str, kinds: Kinds
) -> None:
    data = stamp_document(of(name, without), f"RR26/POL/{name}/{'0' * 32}")
    judgement = judged(data, kinds)
    assert (judgement.kind, judgement.verdict) == (name, "reject")
    missing = [f.where.column for f in judgement.findings if f.rule == "heading-missing"]
    assert missing == [COLUMNS[name][without]]


@pytest.mark.parametrize("name", COLUMNS)
def test_what_lacks_a_heading_is_the_kind_that_the_agency_owes(name: str, kinds: Kinds) -> None:
    context = replace(CONTEXT, agency=replace(POLICE, owes=(name,)))
    assert judged(of(name, "time"), kinds, context).kind == name
