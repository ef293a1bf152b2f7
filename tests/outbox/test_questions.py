"""To whom each question speaks: what its rule says is what the letters do (failure mode 97)."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from string import Formatter

import pytest

from config.calendar import Calendar
from config.kind import Kind
from config.kind_loading import load_kinds
from config.ladder import load_ladder
from config.rules import ARRIVAL_RULES, Rule
from handlers.findings import Finding, FindingPlace, Judgement
from handlers.register.matrix import AgencyRow, ReturnRow
from handlers.register.submissions import Entry, EntryDetails, EntryVerdict
from outbox.due.answers import AnswerableDelivery, draft_answers
from outbox.due.check_replies import CheckedDelivery, draft_check_results
from outbox.due.questions import questions_for_agency
from outbox.due.receipts import comment_request, receipt_facts
from outbox.writing.letter import Draft, Recipient
from outbox.writing.letter_text import letter_plain_text, parse_letter
from outbox.writing.writer import LetterWriter
from tests.outbox.conftest import BOARD, NOW

KINDS = load_kinds()
LADDER = load_ladder({kind.id for kind in KINDS.all})
AUTHOR = Recipient("Author One", "author@meadowlane.example", 1)
TODAY = date(2010, 4, 1)
ALONE = ("administrator",)
AT = FindingPlace(table=1, row=14, column="Date")
WRITER = LetterWriter(BOARD, "scr-returns@board.example")


def rules() -> list[tuple[Kind | None, str, Rule]]:
    """Every rule there is, beside the kind it belongs to; those of files belong to none."""
    of_kinds = [(kind, id, rule) for kind in KINDS.all for id, rule in kind.rules.items()]
    return [*of_kinds, *((None, id, rule) for id, rule in ARRIVAL_RULES.items())]


def finding(kind: Kind | None, id: str, rule: Rule) -> Finding:
    """As a check would note it, with a word in every gap."""
    texts = (rule.says, rule.fix)
    words = {gap: "a Word" for text in texts for _, gap, _, _ in Formatter().parse(text) if gap}
    return Finding(id, rule.severity, rule.says.format(**words), rule.fix.format(**words), AT)


def sent(verdict: EntryVerdict, kind: Kind | None, *findings: Finding) -> AnswerableDelivery:
    id = kind.id if kind else "imr"
    entry = Entry(
        1, 1, 1, 1, "", id, 1, 1, 5, verdict, "", EntryDetails(findings), datetime.now(UTC)
    )
    row = ReturnRow(5, id, date(2010, 4, 16), 1, "rejected", None, None, False)
    agency = AgencyRow(1, "GP", "Meadow Lane Surgery", (row,))
    return AnswerableDelivery(9, NOW, True, "", 1, "N12", agency, (AUTHOR,), (entry,), ())


def answered(what: AnswerableDelivery) -> str:
    return "".join(
        map(said, draft_answers([what], KINDS, LADDER, Calendar.for_subdivision("ENG"), TODAY))
    )


def rehearsed(what: AnswerableDelivery) -> str:
    (entry,) = what.entries
    judgement = Judgement(entry.kind, 1.0, entry.told.findings)
    hushed = judgement.verdict == "hold"  # as the processor leaves out what nobody is told of
    asked = CheckedDelivery(
        *(9, NOW, "", 1, "N12", what.agency, AUTHOR),
        () if hushed else (judgement,),
        int(hushed),
    )
    return "".join(map(said, draft_check_results([asked], KINDS)))


def said(draft: Draft) -> str:
    written = WRITER.write(draft, "<scr.0@board.example>", NOW)
    return " ".join(letter_plain_text(parse_letter(written)).split())


def received(what: AnswerableDelivery) -> str:
    facts = receipt_facts(what, KINDS, TODAY)
    return " ".join(WRITER.write_receipt(facts).split()) if facts else ""


FAULT = Finding("sign-off-missing", "fault", "The report is not signed.", "Sign it.")


@pytest.mark.parametrize(("kind", "id", "rule"), rules(), ids=lambda each: getattr(each, "id", ""))
def test_every_rules_words_reach_the_agency_where_it_says_so_and_nowhere_else(
    kind: Kind | None, id: str, rule: Rule
) -> None:
    """Failure mode 97. In an answer, a rehearsal, a receipt and beside a fault."""
    found = finding(kind, id, rule)
    verdict = Judgement(None, 1.0, (found,)).verdict
    told = {"fault": True, "advice": True, "danger": False}.get(
        rule.severity, "agency" in rule.tell
    )
    alone = sent(verdict, kind, found)
    places = {"an answer": answered(alone), "a rehearsal": rehearsed(alone)}
    places["a receipt"] = received(alone)
    if rule.severity == "question":
        beside = sent("reject", kind, FAULT, found)
        places["a rejection"] = answered(beside)
        noted = comment_request(beside, KINDS, "The Board").notes
        places["a comment"] = " ".join(word for note in noted for word in note.words)
    for place, words in places.items():
        assert (found.message in words) is told, f"{place}: {found.message}"
        assert (found.fix in words) is told, f"{place}: {found.fix}"
        assert not told or "row 14, date." in words.casefold(), f"{place} says where"


def test_every_question_says_to_whom_it_speaks_in_its_own_file() -> None:
    """Only a board's own rule may leave it out, and then speaks to the administrator."""
    asked = [(id, rule) for _, id, rule in rules() if rule.severity == "question"]
    assert {who for _, rule in asked for who in rule.tell} == {"agency", "administrator"}
    assert not [id for id, rule in asked if not rule.tell]


def test_only_what_is_about_people_or_another_agency_is_for_the_board_alone() -> None:
    """ "We could not tell which date is meant": nobody mends what nobody was told of. Who signed as
    what, and what another agency or another review has, its author is not asked about."""
    alone = {id for _, id, rule in rules() if rule.severity == "question" and rule.tell == ALONE}
    assert alone == {
        *("signatory-is-author", "signed-by-another", "sign-off-same-person"),
        *("agency-other", "accepted-elsewhere"),
    }


def test_a_fault_found_in_a_copy_of_another_format_is_told_as_a_question() -> None:
    kind = KINDS["imr"]
    fault = replace(FAULT, severity="question")
    copy = Finding("not-in-word", "question", "This is a PDF.", "A person will look at it.")
    assert questions_for_agency((fault, copy), kind) == [fault, copy]


def test_what_a_machine_may_have_misread_is_for_a_person_to_weigh() -> None:
    kind = KINDS["imr"]
    fault = replace(FAULT, severity="question")
    made_out = Finding("made-out", "question", "It was read by machine.", "A person will look.")
    assert questions_for_agency((fault, made_out), kind) == [made_out]


def test_a_rule_that_is_not_there_any_more_is_for_the_board_alone() -> None:
    """As an entry of long ago may have."""
    gone = Finding("no-such-rule", "question", "Something is odd.", "Look at it.")
    assert questions_for_agency((gone,), KINDS["imr"]) == []
    assert questions_for_agency((gone,), None) == []
