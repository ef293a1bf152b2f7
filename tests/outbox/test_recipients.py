"""Readers: who may be written to now, and who stands in for whom."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

import pytest

from commands.composition.app import Application
from handlers.register.submissions import Absence
from outbox.due.recipients import (
    LetterReader,
    absence_sentences,
    author_recipients,
    ladder_readers,
)
from tests.board import Board

AWAY = Absence(1, date(2010, 4, 22), "")
TODAY = date(2010, 4, 19)


def read(
    app: Application,
    monkeypatch: pytest.MonkeyPatch,
    note: Absence | None = None,
    returned: Collection[int] = (),
) -> tuple[LetterReader, ...]:
    """The readers of Meadow Lane Surgery, whose author a note may be about."""
    monkeypatch.setattr(
        app.register.notes, "find_absence", lambda id, day: note if id == 1 else None
    )
    return ladder_readers(app.register, 1, TODAY, returned)


def test_everyone_registered_reads_in_their_role(
    app: Application, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = read(app, monkeypatch)
    assert [(r.recipient.name, r.roles, r.kept) for r in found] == [
        ("Author One", {"author"}, ""),
        ("Commissioner One", {"commissioner"}, ""),
    ]


def test_who_is_away_is_kept_and_their_colleagues_may_know(
    app: Application, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = read(app, monkeypatch, AWAY)
    assert found[0].kept == found[0].away == "is away until Thursday 22 April"
    assert absence_sentences(found) == ["Author One is away until Thursday 22 April"]


def test_a_deputy_who_is_registered_for_the_agency_stands_in(
    app: Application, monkeypatch: pytest.MonkeyPatch
) -> None:
    note = Absence(1, None, "Commissioner@MeadowLane.example")
    found = read(app, monkeypatch, note)
    assert found[1].roles == {"commissioner", "author"}
    assert found[1].instead_of == ("Author One, who is away",)
    assert found[0].kept == "is away"
    assert (found[0].deputy, found[0].instead) == ("", "Commissioner One is written to instead")


def test_a_deputy_who_is_not_registered_is_offered_and_nobody_stands_in(
    app: Application, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = read(app, monkeypatch, Absence(1, None, "deputy@meadowlane.example"))
    assert found[0].deputy == "deputy@meadowlane.example"
    assert found[1].roles == {"commissioner"}


def test_a_deputy_at_a_look_alike_domain_is_told_and_not_offered(
    app: Application, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Failure mode 43."""
    found = read(app, monkeypatch, Absence(1, None, "deputy@meadow-lane.example"))
    assert found[0].instead.endswith("instead, at another domain than theirs")
    assert found[0].deputy == ""


def test_an_author_of_another_agency_never_stands_in(
    app: Application, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = read(app, monkeypatch, Absence(1, None, "author@shirepolice.example"))
    assert [r.roles for r in found] == [{"author"}, {"commissioner"}]


def test_who_cannot_be_reached_is_kept_and_that_is_nobodys_business(
    app: Application, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = read(app, monkeypatch, returned={1})
    assert found[0].kept == "cannot be reached: mail to author@meadowlane.example came back"
    assert absence_sentences(found) == []


def test_who_is_left_in_peace_is_kept_until_that_day(
    loaded: Board, app: Application, monkeypatch: pytest.MonkeyPatch
) -> None:
    loaded.run(
        *("contact", "pause", "N12", "GP", "author@meadowlane.example", "--until", "2010-05-07"),
        *("--reason", "Leave", "--yes"),
        at="2010-04-19T09:00",
    )
    assert read(app, monkeypatch)[0].kept == "is not to be written to before Friday 7 May"
    assert ladder_readers(app.register, 1, date(2010, 5, 7), ())[0].kept == ""
    for day, name in ((6, "Commissioner One"), (7, "Author One")):
        (found,) = author_recipients(app.register.people, 1, date(2010, 5, day))
        assert found.name == name
