"""What a sender is asked to mend, once a person has looked."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from config.kind_loading import load_kinds
from config.rules import ARRIVAL_RULES, VALUE_REFUSALS
from handlers.findings import Clues, Finding
from handlers.register.entry_decisions import mendable_findings
from handlers.register.submissions import Entry, EntryDetails

KINDS = load_kinds()
UNTRUE = re.compile(
    r"\ba person (will look|decides|will decide|will read|will confirm)"
    r"|nothing (is needed|you need)|hear from us",
    re.I,
)


def entry(*found: Finding) -> Entry:
    judged = datetime(2010, 4, 1, tzinfo=UTC)
    return Entry(41, 1, 1, 1, "mark", "imr", 1, 1, 5, "refer", "", EntryDetails(found), judged)


def rules() -> Iterator[tuple[str, str, str, str]]:
    """Every sentence that a question may say, with the rule and the severity it would have."""
    for id, law in ARRIVAL_RULES.items():
        yield id, law.severity, law.says, law.fix
    for kind in KINDS.all:
        for id, rule in kind.rules.items():
            yield id, rule.severity, rule.says, rule.fix
    for id, refusals in VALUE_REFUSALS.items():
        for each in refusals.values():
            yield id, "question", each.says, each.fix


def test_nothing_that_is_to_be_mended_is_said_to_wait_for_a_person_or_to_need_nothing() -> None:
    """Whoever rejects has looked, and asks for something."""
    said = [(id, severity, says, fix) for id, severity, says, fix in rules()]
    assert sum(bool(UNTRUE.search(f"{says} {fix}")) for *_, says, fix in said) > 20
    for id, severity, says, fix in said:
        if severity not in ("question", "fault"):
            continue
        for told in mendable_findings(entry(Finding(id, severity, says, fix))):  # type: ignore[arg-type]
            assert not UNTRUE.search(f"{told.message} {told.fix}"), told
            assert told.message, id


def test_what_asks_nothing_of_its_sender_is_not_to_be_mended() -> None:
    law = ARRIVAL_RULES["not-owed"]
    assert mendable_findings(entry(Finding("not-owed", "question", law.says, law.fix))) == ()
    (kept,) = mendable_findings(
        entry(Finding("made-out", "question", ARRIVAL_RULES["made-out"].says, "Type it."))
    )
    assert kept.message == (
        "The words of this copy were read by machine from a picture, which can mistake a letter."
    )


def test_what_is_danger_or_about_another_review_is_never_among_what_is_to_be_mended() -> None:
    """A person tells of it in words of their own, or not at all."""
    found = tuple(
        Finding(rule, severity, f"{rule}.", "")  # type: ignore[arg-type]
        for rule, severity in (
            ("dangerous", "danger"),
            ("accepted-elsewhere", "question"),
            ("signatory-is-author", "question"),
            ("format-not-read", "question"),
            ("sign-off-missing", "fault"),
            ("version", "advice"),
        )
    )
    told = mendable_findings(entry(*found))
    assert [finding.rule for finding in told] == [
        "signatory-is-author",
        "format-not-read",
        "sign-off-missing",
    ]


@pytest.mark.parametrize(
    ("rule", "clues", "told"),
    [
        ("child-other", Clues(child_identifier="K74/C"), ["identifier-unknown", "signed-missing"]),
        (
            "another-case",
            Clues(child_identifier="K74/C", identifier_place="Front sheet"),
            ["identifier-unknown", "signed-missing"],
        ),
        ("another-case", Clues(issued="a stamp"), ["signed-missing"]),
        ("another-agency", Clues(), ["signed-missing"]),
    ],
)
def test_an_identifier_that_a_document_is_held_for_is_among_it_in_words_about_no_other_review(
    rule: str, clues: Clues, told: list[str]
) -> None:
    """The next version was held for it again, because no letter had told of it."""
    held = Finding(rule, "danger", "It looks like that of another review.", "Find out.")
    unsigned = Finding("signed-missing", "fault", "The form is not signed.", "Sign it.")
    one = entry(held, unsigned)
    found = mendable_findings(replace(one, told=replace(one.told, clues=clues)))
    assert [finding.rule for finding in found] == told
    assert all("another" not in finding.message for finding in found)
