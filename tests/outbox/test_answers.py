"""Answers: one letter a delivery, carrying every verdict that may be told."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from config.calendar import Calendar
from config.kind_loading import load_kinds
from config.ladder import load_ladder
from handlers.findings import Finding, FindingPlace, Judgement
from handlers.register.matrix import AgencyRow, ReturnRow
from handlers.register.returns import ReturnState
from handlers.register.submissions import Entry, EntryDetails, EntryVerdict
from outbox.due.answers import AnswerableDelivery, draft_answers
from outbox.due.told_documents import document_facts
from outbox.writing.facts import AnswerFacts
from outbox.writing.letter import Draft, Recipient
from outbox.writing.letter_text import letter_plain_text, parse_letter
from outbox.writing.writer import LetterWriter
from tests.outbox.conftest import BOARD, NOW

KINDS = load_kinds()
LADDER = load_ladder({kind.id for kind in KINDS.all})
AUTHOR = Recipient("Author One", "author@meadowlane.example", 1)
FIRST = date(2010, 4, 1)
OTHER = Recipient("Author Two", "second@meadowlane.example", 2)


def found(severity: str, message: str = "Nothing is entered.") -> Finding:
    where = FindingPlace(table=1, row=14, column="Date")
    return Finding("date-missing", severity, message, "Enter the day.", where)  # type: ignore[arg-type]


def entry(verdict: EntryVerdict, kind: str | None = "chronology", *findings: Finding) -> Entry:
    told = EntryDetails(findings, ("the headings",))
    judged = datetime(2010, 4, 1, tzinfo=UTC)
    return Entry(1, 1, 1, 1, "a mark", kind, 1, 1, 5, verdict, "", told, judged)


def delivery(*entries: Entry, again: tuple[Entry, ...] = (), due: int = 16) -> AnswerableDelivery:
    row = ReturnRow(5, "chronology", date(2010, 4, due), 1, "rejected", None, None, False)
    agency = AgencyRow(1, "GP", "Meadow Lane Surgery", (row,))
    return AnswerableDelivery(9, NOW, True, "", 1, "N12", agency, (AUTHOR,), entries, again)


def written(due: AnswerableDelivery, today: date = FIRST) -> list[Draft]:
    return draft_answers([due], KINDS, LADDER, Calendar.for_subdivision("ENG"), today)


def facts(due: AnswerableDelivery, today: date = FIRST) -> AnswerFacts:
    (draft,) = written(due, today)
    assert isinstance(draft.facts, AnswerFacts)
    return draft.facts


@pytest.mark.parametrize(
    ("verdicts", "kind"),
    [
        (["accept"], "acknowledgement"),
        (["accept", "refer"], "referral"),
        (["accept", "refer", "reject"], "rejection"),
        (["accept", "hold"], "acknowledgement"),
    ],
)
def test_the_heaviest_verdict_that_may_be_told_makes_the_letter(
    verdicts: list[EntryVerdict], kind: str
) -> None:
    (draft,) = written(delivery(*(entry(v) for v in verdicts)))
    assert draft.kind == kind


def closed(rule: str) -> Finding:
    return replace(found("fault"), rule=rule)


@pytest.mark.parametrize("rule", ["unreadable", "zip-damaged", "empty"])
def test_what_could_not_be_opened_has_a_letter_of_its_own(rule: str) -> None:
    (draft,) = written(delivery(entry("reject", None, closed(rule)), entry("accept", "imr")))
    assert draft.kind == "unreadable"
    assert facts(delivery(entry("reject", None, closed(rule)))).empty is (rule == "empty")


def test_with_something_else_to_mend_it_is_in_the_letter_about_that() -> None:
    sent = delivery(
        entry("reject", None, closed("unreadable")), entry("reject", "chronology", found("fault"))
    )
    (draft,) = written(sent)
    assert draft.kind == "rejection"
    assert [d.outcome for d in facts(sent).documents] == [
        "we could not open it",
        "needs changes before we can accept it",
    ]
    both = delivery(entry("reject", None, closed("empty")), entry("reject", None, closed("x")))
    assert written(both)[0].kind == "rejection"


def test_what_is_held_is_never_answered_or_mentioned() -> None:
    assert written(delivery(entry("hold"))) == []
    told = facts(delivery(entry("accept", "imr"), entry("hold")))
    assert [d.title for d in told.documents] == ["IMR"]
    assert told.came == "IMR"


def test_what_was_held_before_is_not_mentioned_when_it_comes_again() -> None:
    assert written(delivery(again=(entry("hold"),))) == []


def test_a_rejection_lists_faults_to_mend_and_advice_apart() -> None:
    told = facts(delivery(entry("reject", "chronology", found("fault"), found("advice", "Late."))))
    (document,) = told.documents
    assert [c.message for c in document.changes] == ["Nothing is entered."]
    assert [c.message for c in document.advice] == ["Late."]
    assert told.change_count == "1 change"


def test_a_referral_asks_for_nothing_and_guesses_nothing() -> None:
    told = facts(delivery(entry("refer", "chronology", found("question"), found("advice"))))
    (document,) = told.documents
    assert (document.changes, document.advice) == ((), ())


def test_the_new_version_is_asked_for_by_the_due_date() -> None:
    told = facts(delivery(entry("reject", "chronology", found("fault"))))
    assert (told.by, told.by_short) == ("by Friday 16 April 2010", "16 April")


def test_once_the_day_is_past_it_is_asked_for_as_soon_as_can_be() -> None:
    told = facts(delivery(entry("reject", "chronology", found("fault"))), date(2010, 4, 20))
    assert told.by == "as soon as you can: it was due on Friday 16 April"
    assert told.by_short == ""


@pytest.mark.parametrize(
    ("state", "outstanding", "complete"),
    [("awaited", True, False), ("rejected", True, False), ("referred", False, False),
     ("accepted", False, True), ("nil", False, True), ("waived", False, True)],
)  # fmt: skip
def test_what_a_person_is_looking_at_is_neither_to_be_sent_nor_settled(
    state: ReturnState, outstanding: bool, complete: bool
) -> None:
    sent = delivery(entry("accept", "imr"))
    rows = (replace(sent.agency.returns[0], state=state), replace(sent.agency.returns[0], id=6))
    agency = replace(sent.agency, returns=(rows[0], replace(rows[1], state="accepted")))
    told = facts(replace(sent, agency=agency))
    assert (told.outstanding, told.complete) == (outstanding, complete)


def test_each_author_has_a_letter_of_their_own() -> None:
    two = replace(delivery(entry("accept")), recipients=(AUTHOR, OTHER))
    assert [d.recipient for d in written(two)] == [AUTHOR, OTHER]
    assert len({d.key for d in written(two)}) == 2


def test_a_document_not_recognised_is_told_of_without_its_name() -> None:
    told = facts(delivery(entry("refer", None)))
    assert told.documents[0].title == "Your document"
    assert told.came == "document"


def test_the_rows_are_explained_only_where_rows_are_named() -> None:
    assert facts(delivery(entry("reject", "chronology", found("fault")))).documents[0].counts_rows
    assert not facts(delivery(entry("accept"))).documents[0].counts_rows


def test_the_row_of_the_headings_is_named_where_one_of_them_is_told_of() -> None:
    """A table's title may stand above them, and no row can be promised to be theirs."""
    heads = Finding("heading-added", "fault", "A column.", "Delete it.", FindingPlace(1, 2))
    cell = Finding("date-missing", "fault", "Nothing.", "Enter it.", FindingPlace(1, 4, "Date"))
    (_, both) = subject_and_text(delivery(entry("reject", "chronology", heads, cell)))
    assert "Rows are counted from the top of the table; its headings are row 2." in both
    (_, one) = subject_and_text(delivery(entry("reject", "chronology", cell)))
    assert "from the top of the table, its headings included." in one


def subject_and_text(due: AnswerableDelivery) -> tuple[str, str]:
    (draft,) = written(due)
    letter = parse_letter(
        LetterWriter(BOARD, "scr-returns@board.example").write(draft, "<a@b.example>", NOW)
    )
    return str(letter["Subject"]), " ".join(letter_plain_text(letter).split())


def test_a_mixed_letter_names_only_what_a_person_looks_at() -> None:
    """Failure mode 99: its subject and its text agree."""
    subject, text = subject_and_text(
        delivery(entry("accept", "imr"), entry("refer", "qa_form", found("question")))
    )
    assert subject.endswith("a person will look at your QA form")
    assert "A person here will look at your QA form, and we write" in text
    assert "IMR: accepted, thank you" in text


def test_a_mixed_letter_that_asks_for_changes_says_what_else_a_person_looks_at() -> None:
    subject, text = subject_and_text(
        delivery(entry("reject", "chronology", found("fault")), entry("refer", "qa_form"))
    )
    assert subject.endswith("chronology needs changes")
    assert "A person here will look at your QA form" in text


def test_what_comes_again_and_still_needs_changes_asks_for_them_beside_something_new() -> None:
    again = entry("reject", "chronology", found("fault"))
    sent = delivery(entry("accept", "imr"), again=(again,))
    subject, text = subject_and_text(sent)
    assert "action needed" in subject
    assert subject.endswith("chronology needs changes")
    assert "IMR: accepted" in text


def test_what_comes_again_and_counts_no_more_changes_no_letter() -> None:
    again = entry("reject", "chronology", found("fault"))
    sent = delivery(entry("accept", "imr"), again=(again,))
    settled = tuple(replace(row, state="accepted") for row in sent.agency.returns)
    sent = replace(sent, agency=replace(sent.agency, returns=settled))
    subject, text = subject_and_text(sent)
    assert subject.endswith("accepted, thank you, no action needed - IMR")
    assert "of which we have another version" in text
    assert "Nothing is entered" not in text


def test_a_question_that_waits_for_its_author_is_asked_of_them_in_so_many_words() -> None:
    """No letter says that nothing need be done, and asks for something further down."""
    asked = Finding("new_date-missing", "question", "It does not say until when.", "Reply.")
    subject, text = subject_and_text(delivery(entry("refer", "extension_request", asked)))
    assert "action needed - please answer" in subject
    assert "we need an answer from you" in text
    assert "do not need to do anything" not in text and "no action needed" not in subject
    kind, other = (
        "qa_form",
        Finding(
            "answer-no", "question", "The answer is No.", "Nothing is needed from you for this."
        ),
    )
    sent = delivery(entry("refer", kind, other))
    owed = tuple(replace(row, state="awaited") for row in sent.agency.returns)
    subject, text = subject_and_text(replace(sent, agency=replace(sent.agency, returns=owed)))
    assert "no action needed now" in subject
    assert "do not need to do anything until you hear from us" in text


def test_what_a_person_wrote_to_an_accepted_document_is_no_advice() -> None:
    asked = Finding("told", "advice", "Please send us the date of the board.", "")
    said = Judgement("imr", 1.0, (asked, Finding("pages", "advice", "Number the pages.", "")), ())
    facts = document_facts(said, "accept", "accepted", load_kinds())
    assert facts.note == "Please send us the date of the board."
    assert [change.message for change in facts.advice] == ["Number the pages."]


def test_what_more_time_is_asked_for_is_hurried_to_no_day() -> None:
    """ "Send it again by Wednesday 16 June" stood above "more time asked for, not yet decided"."""
    sent = delivery(entry("reject", "chronology", found("fault")))
    said = facts(replace(sent, waiting={"chronology": "more time asked for, not yet decided"}))
    assert said.by == "as soon as you can: more time was asked for, and is not decided yet"
    assert said.by_short == ""
    assert facts(replace(sent, waiting={"imr": "more time asked for, not yet decided"})).by_short
    looked_at = replace(sent, waiting={"chronology": "a person is looking at what came"})
    assert facts(looked_at).by_short == "16 April"
