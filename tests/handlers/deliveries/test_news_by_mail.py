"""What a mail comes to that tells of the family: urgent news, and never a nil return for a "not" in
it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from handlers.register.submissions import Submission
from tests.in_process import InProcessWorker
from tests.processors import Desk, mail
from tests.registry import KINDS

NEWS = (
    "There is a second child in the family, a boy born in January, whom none of us had on our"
    " list. He was placed with foster carers last night.",
    "A man named in our records as her partner is not on the list you sent us.",
    "The lodger, who isn't on the list of household members, is a registered sex offender.",
    "The subject of the review passed away this morning.",
)
NIL = (
    "We have checked all our records and the family is not known to us.",
    "This agency has had no contact with the child or the family.",
    "We have no record of any of the people you list, under any of the addresses you gave.",
    "We searched under mother's maiden name as well. No member of the family is known to us.",
)
NEITHER = (
    "We had no contact with the family after 2006. Before that they were our patients.",
    "None of our staff has met the family yet.",
)


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    yield Desk(tmp_path_factory.mktemp("desk"), InProcessWorker(KINDS))


def kinds(desk: Desk, words: str) -> list[str | None]:
    body = f"Dear Administrator\n\n{words}\n\nRegards\nAuthor One"
    found: tuple[Submission, ...] = desk.mailed(mail(body=body)).submissions
    return [judgement.kind for one in found for judgement in one.judgements]


@pytest.mark.parametrize("words", NEWS)
def test_news_of_the_family_is_a_scope_alert_alone(desk: Desk, words: str) -> None:
    assert kinds(desk, words) == ["scope_alert"]


@pytest.mark.parametrize("words", NIL)
def test_what_says_of_all_that_they_are_not_known_is_a_nil_return(desk: Desk, words: str) -> None:
    assert kinds(desk, words) == ["nil_return"]


@pytest.mark.parametrize("words", NEITHER)
def test_what_says_less_is_no_nil_return(desk: Desk, words: str) -> None:
    assert "nil_return" not in kinds(desk, words)
