"""What a nil return says of how it was searched: plain searches are accepted (failure mode 94)."""

from __future__ import annotations

from pathlib import Path

import pytest

from config.rules import VALUE_REFUSALS
from handlers.document import Paragraph
from handlers.findings import Judgement
from tests.each_case import each_case
from tests.handlers.checks.form.specimen import judged

DENIED = "No member of the family is or has been known to this agency."


def returned(*said: str) -> Judgement:
    head = ("Meadow Lane Surgery", "20 May 2010", "Dear Administrator", "Nil return")
    foot = ("Yours sincerely", "Jane Holt", "Practice Manager")
    return judged("nil_return", [Paragraph(line) for line in (*head, *said, *foot)])


def searches(heading: str) -> list[str]:
    text = Path(__file__).with_name("nil_searches.txt").read_text(encoding="utf-8")
    return text.split(f"\n# {heading}\n")[1].split("\n#")[0].strip().splitlines()


@pytest.mark.parametrize("search", searches("all"))
def test_what_was_searched_and_how_is_no_doubt(search: str) -> None:
    assert returned(DENIED, search).verdict == "accept"


@each_case("search", searches("not all"))
def test_a_search_of_less_than_all_is_a_question(search: str) -> None:
    assert returned(DENIED, search).verdict == "refer"


@pytest.mark.parametrize("beside", ["Father was seen once.", "It is a small family.", "See over."])
def test_nobody_is_asked_to_put_a_sentence_that_stands_already(beside: str) -> None:
    told = [f.fix for f in returned(DENIED, beside).findings if f.severity == "question"]
    assert told
    assert not any("No member of the family" in fix for fix in told)


def test_who_has_not_said_it_yet_is_told_what_to_say() -> None:
    told = [f.fix for f in returned("We never met the mother.").findings]
    assert any("No member of the family" in fix for fix in told)


SEARCHED = [
    "We searched the Wobble cupboard on 3 May 2010 and nothing was found.",
    "All records held since 1998 have been searched.",
    "Our records were searched for the mother, and nothing was found.",
    "We checked everything that we could get at.",
]


@pytest.mark.parametrize("search", SEARCHED)
def test_nobody_is_advised_to_take_out_which_records_were_searched(search: str) -> None:
    told = [f.fix for f in returned(DENIED, search).findings if f.severity == "question"]
    assert told
    assert not any("taking those words out" in fix or "take those words out" in fix for fix in told)


def test_what_is_advised_in_place_of_a_search_is_accepted() -> None:
    advised = VALUE_REFUSALS["denial"]["searched"].fix.split('"')[1]
    assert returned(DENIED, f"{advised}.").verdict == "accept"


def test_the_day_of_a_search_is_no_time_for_which_nobody_is_known() -> None:
    day = "We searched the Wobble cupboard on 3 May 2010 and nothing was found."
    assert "statement-limited" not in {f.rule for f in returned(DENIED, day).findings}


@pytest.mark.parametrize(
    "said",
    [
        "We searched the Wobble cupboard for 3 May 2010 and nothing was found.",
        "We searched the Wobble cupboard, and nothing was found on 3 May 2010.",
    ],
)
def test_the_day_of_what_was_found_is_one(said: str) -> None:
    assert "statement-limited" in {f.rule for f in returned(DENIED, said).findings}
