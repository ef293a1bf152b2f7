"""The rungs that letters stand for, read back; and letters that are drafted and called back."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlite_utils.utils import sqlite3

from commands.composition.app import Application
from outbox.due.ladder_steps import (
    agencies_written_to,
    contacts_chased_on,
    read_told_steps,
    rungs_chased_on,
    rungs_of_letter,
)
from outbox.writing.letter import Draft, Letter, LetterKey, LetterKind, LetterRung, Recipient
from tests.outbox.climbing import row
from tests.outbox.conftest import NOW

RUNG = LetterRung(1, 1, 1)
CHRONOLOGY = row(1, "chronology")
DAY = NOW.date()
AUTHOR = Recipient("Author One", "author@meadowlane.example", 1)
CHAIR = Recipient("The Chair's Office", "chair@board.example")


def draft(kind: LetterKind = "chaser", to: Recipient = AUTHOR) -> Draft:
    """To or about Meadow Lane Surgery, for the first rung of its chronology."""
    return Draft(
        key=f"{kind}/1v1r1/{to.contact_id}",
        kind=kind,
        recipient=to,
        facts=None,
        case_id=1,
        agency_id=1,
        rungs=(RUNG,),
        to_release=kind == "to-chair",
    )


def told(app: Application) -> set[tuple[LetterRung, int | None]]:
    return {
        (one.step, one.contact) for one in read_told_steps(app.database).told_of_return(CHRONOLOGY)
    }


def queued(app: Application, each: Draft) -> Letter:
    id = app.queue.add(app.queue.with_repetition(each), b"Subject: x\r\n\r\n", NOW, DAY)
    letter = app.queue.get(id)
    assert letter is not None
    return letter


def test_a_rung_is_told_to_whoever_a_letter_was_written_to(app: Application) -> None:
    letter = queued(app, draft())
    queued(app, draft("to-chair", CHAIR))
    assert told(app) == {(RUNG, 1), (RUNG, None)}
    assert rungs_of_letter(app.database, letter) == [RUNG]


def test_an_agency_was_written_to_by_what_went_to_it_and_not_by_what_is_about_it(
    app: Application,
) -> None:
    queued(app, draft("to-chair", CHAIR))
    assert agencies_written_to(app.database, DAY) == set()
    assert rungs_chased_on(app.database, DAY) == set()
    queued(app, draft())
    assert agencies_written_to(app.database, DAY) == {1}
    assert rungs_chased_on(app.database, DAY) == {RUNG}
    assert contacts_chased_on(app.database, DAY) == {1}
    assert agencies_written_to(app.database, DAY + timedelta(days=1)) == set()


def test_an_answer_is_no_chaser(app: Application) -> None:
    queued(app, draft("rejection"))
    assert agencies_written_to(app.database, DAY) == {1}
    assert rungs_chased_on(app.database, DAY) == set()


def test_what_was_called_back_told_nobody_and_may_be_written_again(app: Application) -> None:
    for n in range(3):
        letter = queued(app, draft())
        assert (letter.key, letter.repetition) == ("chaser/1v1r1/1", n)
        app.queue.call_back_letter(letter, "why", NOW)
        assert told(app) == set()
        assert agencies_written_to(app.database, DAY) == set()


ABOUT = [
    LetterKey(delivery_id=1),
    LetterKey(decision_id=1),
    LetterKey(entry_id=1),
    LetterKey(outage_id=1, outage_over=False),
]


@pytest.mark.parametrize("about", ABOUT, ids=str)
def test_there_is_one_letter_to_a_reader_about_one_thing_whatever_it_is_called(
    app: Application, about: LetterKey
) -> None:
    """Promise 3: the columns carry the rule; until it was called back and is due again."""
    with app.database.transaction():
        for sql in (
            "INSERT INTO deliveries (source, form, place, content, size, received)"
            " VALUES ('mail-1', 'message', 'p', 'c', 1, 't')",
            "INSERT INTO entries (delivery_id, position, part, content, verdict, sealed, judged)"
            " VALUES (1, 1, 1, 'c', 'refer', x'00', 't')",
            "INSERT INTO decisions (what, entry_id, sealed, decided)"
            " VALUES ('reject', 1, x'00', 't')",
            "INSERT INTO outages (kind, subject, said, fix, since)"
            " VALUES ('disk', '', 's', 'f', 't')",
        ):
            app.database.execute_insert(sql)
    kind: LetterKind = "alert" if about.outage_id else "decision"
    one = replace(draft(kind), about=about, rungs=())
    letter = queued(app, one)
    with pytest.raises(sqlite3.IntegrityError, match="UNIQUE"):
        queued(app, replace(one, key="called otherwise"))
    app.queue.call_back_letter(letter, "why", NOW)
    again = queued(app, one)
    assert (again.key, again.repetition) == (one.key, 1)
    if about.delivery_id:  # what is found when it is checked is another letter
        queued(app, replace(one, key="check", kind="check-result"))


def test_what_a_person_cancelled_is_not_written_again(app: Application) -> None:
    app.queue.cancel_letter(queued(app, draft()))
    assert told(app) == {(RUNG, 1)}
    assert app.queue.has_letter_like(app.queue.with_repetition(draft()))


def test_a_draft_is_not_ready_until_it_is_released(app: Application) -> None:
    letter = queued(app, draft("to-chair", CHAIR))
    assert letter.state == "draft"
    assert app.queue.ready_letter_ids(NOW) == []
    assert app.queue.unsent_chasing_letters() == [letter]
    app.queue.release_draft(letter, NOW)
    (id,) = app.queue.ready_letter_ids(NOW)
    ready = app.queue.get_if_ready(id)
    assert ready is not None
    assert (ready.id, ready.by_hand) == (letter.id, True)


def test_what_may_have_gone_is_not_called_back(app: Application) -> None:
    """Failure mode 73: the schema refuses it."""
    letter = queued(app, draft())
    app.queue.mark_sending(letter)
    assert app.queue.unsent_chasing_letters() == []
    with pytest.raises(sqlite3.IntegrityError, match="cannot move that way"):
        app.queue.call_back_letter(letter, "why", NOW)


def test_a_draft_never_goes_but_by_a_person(app: Application) -> None:
    letter = queued(app, draft("to-chair", CHAIR))
    with pytest.raises(sqlite3.IntegrityError, match="cannot move that way"):
        app.queue.mark_sending(letter)
