"""Commands in digests and alerts: each is pasted as it stands, from the text and from the HTML."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, time, timedelta
from typing import Any, cast

import pytest

from handlers.register.agencies import RegisteredContact
from intake.database import RegisterDatabase
from intake.unregistered_senders import WaitingDomain
from outbox.chasing.suppression import SuppressedLetter, suppressed_needs
from outbox.digest.deadlines import past_deadline_needs
from outbox.digest.digest import DigestDay, draft_digest
from outbox.digest.needs import drafted_letter_needs
from outbox.digest.not_sent import unsent_letter_needs, waiting_letter_notes
from outbox.digest.waiting_messages import tell_strangers_in_turn
from outbox.due.stopped_letters import StoppedLetter, stopped_letter_needs
from outbox.health.health_conditions import START_HINT
from outbox.samples.days import BUSY_DAY, CASE, NOW, TODAY, sample_terms
from outbox.samples.drafts import ADMINISTRATOR, SAMPLES
from outbox.writing import commands_to_paste
from outbox.writing.digest_facts import Need
from outbox.writing.letter import OFFICER_KINDS, Draft
from outbox.writing.letter_text import letter_html, letter_plain_text, parse_letter
from outbox.writing.typeset import Typesetter
from outbox.writing.writer import LetterWriter
from tests.outbox.conftest import BOARD
from tests.pasted import (
    commands_of,
    commands_of_html,
    in_prose,
    in_prose_of_html,
    parsed,
    pasted,
)

REFERENCE, EMAIL = "SAR 26'2 `x`", "o'neill+b`c@agency.example"  # as awkward as they come
CONTACT = RegisteredContact(7, 1, "panel representative", "Pat O'Neill", EMAIL)
STATES = ("failed", "held back", "undelivered", "given up")


class Rows(RegisterDatabase):
    """What a query finds, whatever it asks for."""

    def __init__(self, rows: Sequence[Mapping[str, Any]]) -> None:
        self._found = list(rows)

    def fetch_rows(self, sql: str, *values: object) -> Any:
        return self._found

    def fetch_row(self, sql: str, *values: object) -> Any:
        return self._found[0] if self._found and "recover" not in sql else None


def letter(state: str, id: int, contact: int | None = 7, code: str = "G P") -> dict[str, Any]:
    return {
        "id": id,
        "kind": "reminder",
        "answer": "the server refused its reader's address",
        "queued": NOW.isoformat(),
        "reference": REFERENCE,
        "name": "Meadow Lane Surgery" if contact else None,
        "code": code,
        "contact_id": contact,
        "state": state,
        "closed_by": None,
        "paused": NOW.isoformat(),
        "n": 3,
    }


def unsent() -> Iterator[Need]:
    def contact(id: int) -> RegisteredContact:
        return CONTACT

    one_by_one = [letter(s, n, to) for s in STATES for n, to in ((1, 7), (2, None))]
    yield from unsent_letter_needs(Rows(one_by_one), contact, NOW)
    many = [letter(s, n) for s in STATES for n in range(8)]
    yield from unsent_letter_needs(Rows(many), contact, NOW)
    stopped = StoppedLetter(
        f"undecided/1a2/again {REFERENCE}", "rejection", REFERENCE, "A", "GP", "author", (3,), NOW
    )
    yield from stopped_letter_needs([stopped])
    yield from stopped_letter_needs([stopped] * 7)


def asked() -> Iterator[Need]:
    yield from drafted_letter_needs(Rows([letter("draft", 1)]))
    yield from drafted_letter_needs(Rows([letter("draft", n) for n in range(8)]))
    turns = [WaitingDomain("shop.example", 40, True, NOW.astimezone(UTC))]
    yield from tell_strangers_in_turn(turns, {"shop.example"}, lambda words: True, NOW).needs
    late = replace(
        CASE,
        reference=REFERENCE,
        complete_by=TODAY - timedelta(days=2),
        milestones=(("the first panel meeting", TODAY - timedelta(days=1)),),
    )
    yield from past_deadline_needs([late], TODAY)
    many = [
        commands_to_paste.extend_command(REFERENCE, "G P", ["imr"], date(2010, 5, 4)),
        commands_to_paste.extend_command(REFERENCE, "G P", ["qa_form"], None),
    ]
    more = (f"`{many[1]}`", f"To say no: `{commands_to_paste.reject_command(5)}`")
    yield Need("They ask for more time.", many[0], ("Monday is no working day.",), more=more)
    for command in (
        commands_to_paste.accept_group_command("ab-cd"),
        commands_to_paste.assign_group_command("ab-cd"),
        commands_to_paste.group_kind_command("ab-cd"),
        commands_to_paste.entry_kind_command(5),
        commands_to_paste.put_away_command(5),
        commands_to_paste.reject_group_command("ab-cd"),
        commands_to_paste.show_command(5),
        commands_to_paste.show_group_command("ab-cd"),
        commands_to_paste.reopen_case_command(REFERENCE),
        commands_to_paste.contact_back_command(REFERENCE, "GP", EMAIL),
        START_HINT.partition("`")[2].rstrip("`"),
    ):
        yield Need(f"Something waits: `{command}` and more.", command)


def everything() -> DigestDay:
    away = SuppressedLetter(
        REFERENCE,
        "Meadow Lane Surgery",
        "IMR",
        "somebody is away",
        commands_to_paste.register_command(REFERENCE, "GP", CONTACT.role, EMAIL),
        (f"To end it then: `{commands_to_paste.remove_contact_command(REFERENCE, 'GP', EMAIL)}`",),
    )
    case = replace(CASE, reference=REFERENCE)
    others = tell_strangers_in_turn(
        [WaitingDomain("shop.example", 3, True, NOW.astimezone(UTC))], (), lambda words: True, NOW
    )
    return replace(
        BUSY_DAY,
        cases=tuple(replace(case, id=n) for n in range(1, 12)),
        needs=tuple(asked()),
        unsent=tuple(unsent()),
        suppressed=tuple(suppressed_needs([away])),
        notes=(
            *others.notes,
            *waiting_letter_notes(Rows([letter("queued", 1)]), lambda _: None, NOW, time(10)),
            *["A note."] * 30,
        ),
    )


def drafts() -> dict[str, Draft]:
    of_the_boards = {name: each for name, each in SAMPLES.items() if each.kind in OFFICER_KINDS}
    return of_the_boards | {
        "everything": draft_digest(everything(), sample_terms(ADMINISTRATOR)),
        "everything, uncut": draft_digest(everything(), sample_terms(ADMINISTRATOR), whole=True),
    }


DRAFTS = drafts()


@pytest.mark.parametrize("name", DRAFTS)
def test_every_command_is_a_line_of_its_own_in_text_and_html(name: str) -> None:
    """Issue 12: of two commands the first was wrapped inside its sentence, and could not be
    pasted."""
    writer = LetterWriter(BOARD, "scr-returns@board.example")
    written = parse_letter(writer.write(DRAFTS[name], "<a@board.example>", NOW))
    text, page = letter_plain_text(written), letter_html(written)
    assert not in_prose(text) and not in_prose_of_html(page)
    assert commands_of_html(page) == commands_of(text)


def test_the_program_takes_every_one_of_them() -> None:
    writer = LetterWriter(BOARD, "scr-returns@board.example")
    found: set[str] = set()
    for each in DRAFTS.values():
        found.update(
            commands_of(
                letter_plain_text(parse_letter(writer.write(each, "<a@board.example>", NOW)))
            )
        )
    assert len(found) > 40
    for line in found:
        if line.startswith("systemctl "):  # a service's, which is the operator's
            continue
        parsed(line)


def test_a_word_with_blanks_quotes_and_backticks_is_one_word_in_a_shell() -> None:
    line = commands_to_paste.register_command(REFERENCE, "G P", CONTACT.role, EMAIL)
    assert pasted(line)[2:5] == [REFERENCE, "G P", EMAIL]
    assert parsed(line).params["role"] == CONTACT.role


def test_a_digest_of_everything_has_each_sort_of_block() -> None:
    setter = cast(Typesetter, LetterWriter(BOARD, "scr-returns@board.example")._typesetter)
    text = "What to do\nTo see it:\nscr-intake show 1\nOr wait.\n\nscr-intake status"
    blocks = [b.is_ for lines in text.split("\n\n") for b in setter.parse_blocks(lines.split("\n"))]
    assert blocks == ["heading", "paragraph", "commands", "paragraph", "commands"]
