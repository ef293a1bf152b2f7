"""A kind of return added in TOML alone: the one in docs/adding-a-kind.md, taken out of the page.

What the page shows is what happens: its TOML is loaded, its commands are run, and what it says
they print is compared with what they print.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from pathlib import Path

import pytest

from outbox.writing.letter_text import letter_plain_text
from tests.board import CASE, Board, Ended
from tests.plain_reports import report

PAGE = (Path(__file__).parents[2] / "docs" / "adding-a-kind.md").read_text(encoding="utf-8")
SHOWN = re.findall(r"^```(\w+)\n(.*?)^```$", PAGE, re.M | re.S)
(KIND,) = [text for language, text in SHOWN if language == "toml" and "[shape]" in text]
(SETTING,) = [t for language, t in SHOWN if language == "toml" and t.startswith("kinds =")]
(OWED,) = [text for language, text in SHOWN if language == "toml" and "[[agencies]]" in text]
ACCEPTED, SENT_BACK, SLIPS, UNKNOWN = [text for language, text in SHOWN if language == "text"]

FRONT = ("Agency: Shire Homes", "Author: Author Six", "Date: 30 March 2010")
SECTIONS: Mapping[str, tuple[str, ...]] = {
    "Chronology Summary": (
        "Adult A became a tenant in March 2008. The housing officer (HO1) visited twice.",
        "In June 2009 a neighbour complained of shouting. HO1 wrote to the tenant.",
    ),
    "Analysis of Involvement": (
        "The complaint was dealt with as noise. No risk assessment was made, and the policy of "
        "the day did not ask for one.",
    ),
    "Lessons to be Learned": ("A complaint of noise may be the first word of domestic abuse.",),
    "Recommendations": ("By September 2010 every noise complaint is screened for domestic abuse.",),
}


def summary(
    front: tuple[str, ...] = FRONT, sections: Mapping[str, tuple[str, ...]] = SECTIONS
) -> bytes:
    return report("Domestic Homicide Review Agency Summary", front, sections)


BROKEN = summary(FRONT[:2], {**SECTIONS, "Lessons to be Learned": ()})


@pytest.fixture
def partnership(board: Board) -> Board:
    """A board whose settings point to a folder of its own kinds, with the page's kind in it."""
    settings = board.folder / "scr-intake.toml"
    text = settings.read_text()
    assert f"# {SETTING}" in text, "the settings do not offer the line the page shows"
    settings.write_text(text.replace(f"# {SETTING}", SETTING))
    write_kind(board, KIND)
    return board


def write_kind(board: Board, text: str) -> None:
    folder = board.folder / "kinds"
    folder.mkdir(exist_ok=True)
    (folder / "dhr_agency_summary.toml").write_text(text, encoding="utf-8")


def check(board: Board, docx: bytes, *words: str) -> Ended:
    path = board.folder / "summary.docx"
    path.write_bytes(docx)
    return board.run("check", *words, path)


def test_a_summary_in_order_would_be_accepted_as_the_page_shows(partnership: Board) -> None:
    ended = check(partnership, summary(), "--kind", "dhr_agency_summary")
    assert ended.status == 0, ended.err
    assert ended.out.endswith(ACCEPTED)


def test_each_fault_is_told_with_its_place_as_the_page_shows(partnership: Board) -> None:
    ended = check(partnership, BROKEN, "--kind", "dhr_agency_summary")
    assert ended.status == 1
    assert ended.out.startswith(f"{partnership.folder / 'summary.docx'}\n{SENT_BACK}")


def test_it_is_known_for_what_it_is_without_being_told(partnership: Board) -> None:
    (found,) = check(partnership, summary(), "--json").json[0]["documents"]
    assert (found["kind"], found["verdict"]) == ("dhr_agency_summary", "accept")


def test_a_rule_left_out_is_not_looked_for_and_a_severity_is_the_boards(
    partnership: Board,
) -> None:
    lighter = re.sub(r'(\[rules\.front-sheet-date\]\nseverity = )"fault"', r'\1"advice"', KIND)
    lighter = re.sub(r"\[rules\.section-empty\]\n.*?\n\n", "", lighter, flags=re.S)
    write_kind(partnership, lighter)
    (found,) = check(partnership, BROKEN, "--json").json[0]["documents"]
    told = [(f["rule"], f["severity"]) for f in found["findings"]]
    assert told == [("front-sheet-date", "advice")]


def test_every_slip_in_the_file_is_listed_as_the_page_shows(partnership: Board) -> None:
    slips = KIND.replace('heading  = "Chronology Summary"', 'hedding  = "Chronology Summary"')
    slips = re.sub(r"^noun .*\n", "", slips, flags=re.M)
    slips = slips.replace('severity = "fault"', 'severity = "serious"', 1)
    write_kind(partnership, slips)
    ended = check(partnership, summary())
    assert (ended.status, ended.err) == (2, SLIPS)


def test_a_rule_that_no_check_looks_for_is_refused_as_the_page_shows(partnership: Board) -> None:
    """Failure mode 96: it would never be told, and the letter would call the part in order."""
    slips = KIND.replace("[rules.section-empty]", "[rules.section-emty]")
    slips = slips.replace('section = "analysis"', 'section = "analisis"')
    slips = slips.replace("[rules.vague-recommendation]", "[rules.plan-missing]")
    write_kind(partnership, slips)
    ended = check(partnership, summary())
    assert (ended.status, ended.err) == (2, UNKNOWN)


def test_the_service_judges_it_logs_it_and_answers_for_it(partnership: Board) -> None:
    agency = OWED[OWED.index("[[agencies]]") :]
    due = OWED[: OWED.index("[[agencies]]")].removeprefix("[due]\n")
    loaded = partnership.load(CASE.replace("[due]\n", f"[due]\n{due}") + agency)
    assert loaded.status == 0, loaded.err
    partnership.drop("HSG", BROKEN, "summary.docx")
    partnership.once()
    (letter,) = partnership.answers("author@shirehomes.example")
    assert "Front sheet, Date. The summary is not dated." in letter_plain_text(letter)
    assert partnership.returns("HSG")["dhr_agency_summary"]["state"] == "rejected"
    partnership.drop("HSG", summary(), "summary 2.docx")
    partnership.once(at="2010-04-06T10:00")
    assert partnership.returns("HSG")["dhr_agency_summary"]["state"] == "accepted"
    _, thanks = partnership.answers("author@shirehomes.example")
    assert "accepted, thank you" in thanks["Subject"]


def test_a_folder_that_is_not_there_is_said_and_not_passed_over(partnership: Board) -> None:
    settings = partnership.folder / "scr-intake.toml"
    settings.write_text(settings.read_text().replace('kinds = "kinds"', 'kinds = "elsewhere"'))
    for ended in (check(partnership, summary()), partnership.run("status")):
        assert ended.status == 2
        assert "elsewhere is not a folder" in ended.err


def test_documents_can_still_be_checked_without_any_settings(board: Board) -> None:
    settings = board.folder / "scr-intake.toml"
    settings.unlink()
    (found,) = check(board, summary(), "--json").json[0]["documents"]
    assert found["kind"] != "dhr_agency_summary"


def test_the_kind_on_the_page_is_plain_toml() -> None:
    assert tomllib.loads(KIND)["shape"]["type"] == "report"
