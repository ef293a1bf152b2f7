"""No letter says that nothing has to be done and lists what its reader can do."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from config.rules import ARRIVAL_RULES, Rule
from handlers.findings import Finding, FindingPlace
from outbox.due.questions import leaves_something_to_do
from outbox.writing.letter_text import letter_plain_text, parse_letter
from outbox.writing.writer import LetterWriter
from tests import combinations
from tests.each_case import each_case
from tests.outbox.conftest import BOARD, NOW
from tests.outbox.test_answers import KINDS, delivery, entry, written

NOTHING = re.compile(r"no action needed|You do not need to do anything", re.I)
GOLDEN = sorted((Path(__file__).parent / "golden").glob("*.txt"))


def _told(rules: dict[str, Rule]) -> list[Rule]:
    return [law for law in rules.values() if law.severity == "question" and "agency" in law.tell]


LAWS: dict[str, tuple[str | None, Rule]] = {
    f"{kind.id if kind else 'a file'}: {law.fix[:40]}": (kind.id if kind else None, law)
    for kind, rules in [(None, ARRIVAL_RULES), *((kind, kind.rules) for kind in KINDS.all)]
    for law in _told(dict(rules))
}


def rule_of(law: Rule, kind: str | None) -> str:
    rules = ARRIVAL_RULES if kind is None else KINDS[kind].rules
    return next(name for name, one in rules.items() if one is law)


def sent(*entries: object, again: object = None) -> tuple[str, str]:
    """The subject and the text of the one letter about them."""
    came = delivery(*entries, again=(again,) if again else ())  # type: ignore[arg-type]
    (draft,) = written(came)
    bytes_ = LetterWriter(BOARD, "scr@board.example").write(draft, "<1@board.example>", NOW)
    letter = parse_letter(bytes_)
    return str(letter["Subject"]), " ".join(letter_plain_text(letter).split())


def asking(kind: str | None, law: Rule) -> Finding:
    words = re.sub(r"\{\w+\}", "it", law.says), re.sub(r"\{\w+\}", "it", law.fix)
    return Finding(rule_of(law, kind), "question", *words, FindingPlace())


@each_case(("name", "beside"), combinations.of(LAWS, ["alone", "accepted", "silent"], times=1))
def test_a_referral_that_lists_what_can_be_done_never_says_nothing_is(
    name: str, beside: str
) -> None:
    kind, law = LAWS[name]
    entries = [entry("refer", kind, asking(kind, law))]
    if beside == "accepted":
        entries.append(entry("accept", "imr"))
    elif beside == "silent":
        entries.append(entry("refer", "qa_form"))
    subject, text = sent(*entries)
    doing = leaves_something_to_do(law.fix) or law.asks
    assert bool(NOTHING.search(subject) or NOTHING.search(text)) is not doing, (subject, text)


def test_a_newer_version_that_needs_changes_is_not_said_to_need_no_action() -> None:
    fault = Finding("date-missing", "fault", "Nothing is entered.", "Enter the day.")
    came = delivery(entry("reject", "chronology", fault))
    rows = tuple(replace(row, state="accepted") for row in came.agency.returns)
    came = replace(came, agency=replace(came.agency, returns=rows))
    (draft,) = written(came)
    bytes_ = LetterWriter(BOARD, "scr@board.example").write(draft, "<1@board.example>", NOW)
    subject = str(parse_letter(bytes_)["Subject"])
    assert subject.endswith("your newer chronology needs changes if it is to count")


@each_case("path", GOLDEN, ids=lambda path: path.stem)
def test_no_letter_kept_as_a_sample_says_both(path: Path) -> None:
    text = " ".join(path.read_text().split())
    if "needs changes before" in text or "doing it at once saves time" in text:
        assert not NOTHING.search(text)


@pytest.mark.parametrize(
    ("fix", "does"),
    [
        ("Nothing is needed from you for this.", False),
        ("There is nothing you need to do about this.", False),
        ("A person will look at it. Another time, send it in Word.", False),
        ("Nothing is needed from you for this. To save time, send it in Word.", True),
        ("Take those words out and send it again.", True),
    ],
)
def test_what_a_fix_leaves_to_do(fix: str, does: bool) -> None:
    assert leaves_something_to_do(fix) is does
