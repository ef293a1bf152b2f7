"""What waits for us, as it is read from a board where something does."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

import docx
import pytest

from commands.composition.app import Application, open_application
from commands.global_options import GlobalOptions
from config.calendar import Calendar
from config.kind_loading import load_kinds
from intake.source import SourceUnavailable
from intake.source_health import OutageSubject, message_outage, source_outage
from outbox.chasing.suppression import MattersReader, WaitingMatters
from tests import builders as build
from tests.board import Board
from tests.builders_mail import mail
from tests.known_sources import DROP, MAIL_1
from tests.outbox.conftest import LONDON
from tests.registry import SECOND_CASE

AUTHOR, SERVICE = "author@meadowlane.example", "scr-returns@board.example"
NOW = datetime(2010, 4, 1, 11, tzinfo=LONDON)
GOOD = build.make_chronology(build.STORIES["GP"])


@contextmanager
def opened(board: Board) -> Iterator[Application]:
    with open_application(
        GlobalOptions(board.folder / "scr-intake.toml", NOW), working=True
    ) as app:
        yield app


def waiting(app: Application, agency_id: int = 1, kind: str = "chronology") -> WaitingMatters:
    cases = app.register.case_matrix(NOW.date())
    waits = MattersReader(
        *(app.register, app.spool, app.outages, app.strays),
        *(load_kinds(), Calendar.for_subdivision("ENG")),
    )
    return waits.read_matters(cases, NOW)(agency_id, kind)


def _minutes() -> bytes:
    document, kept = docx.Document(), io.BytesIO()
    for line in ("Minutes of the meeting", "Present: seven people.", "Next meeting in the spring."):
        document.add_paragraph(line)
    document.save(kept)
    return kept.getvalue()


def mailed(board: Board, body: str) -> None:
    board.mail(mail(AUTHOR, SERVICE, "N12", body, ()))
    board.once()


def test_nothing_waits_on_a_quiet_day(loaded: Board) -> None:
    with opened(loaded) as app:
        assert waiting(app) == WaitingMatters()


def test_a_question_keeps_the_return_waiting_that_it_names_and_no_other(loaded: Board) -> None:
    """Failure mode 107."""
    mailed(loaded, "Whom may we ask about the chronology?")
    with opened(loaded) as app:
        assert waiting(app) == WaitingMatters(referred=(1,))
        assert waiting(app, kind="imr") == WaitingMatters()
        assert waiting(app, agency_id=2) == WaitingMatters()


@pytest.mark.parametrize(
    "body", ["Thank you, that is very kind.", "Are you free for lunch on Thursday?", "Received."]
)
def test_what_is_about_no_return_keeps_none_waiting(loaded: Board, body: str) -> None:
    """Failure mode 107."""
    mailed(loaded, body)
    with opened(loaded) as app:
        owed = [row.kind for row in app.register.case_matrix(NOW.date())[0].agencies[0].returns]
        assert [waiting(app, kind=kind) for kind in owed] == [WaitingMatters()] * len(owed)


def test_a_request_keeps_the_return_waiting_that_it_is_for(loaded: Board) -> None:
    """Failure mode 107."""
    mailed(loaded, "Could we have an extension for the IMR until 11 June 2010 because of leave?")
    with opened(loaded) as app:
        assert waiting(app, kind="imr") == WaitingMatters(requests=(1,))
        assert waiting(app) == WaitingMatters()


def test_a_request_that_does_not_say_for_which_keeps_all_waiting(loaded: Board) -> None:
    mailed(loaded, "Could we have an extension until 11 June 2010 because of sick leave?")
    with opened(loaded) as app:
        assert waiting(app, kind="imr") == WaitingMatters(requests=(1,), perhaps=frozenset({1}))
        assert waiting(app) == WaitingMatters(requests=(1,), perhaps=frozenset({1}))


def test_a_document_nobody_recognised_could_be_any_return(loaded: Board) -> None:
    loaded.drop("GP", _minutes())
    loaded.once()
    with opened(loaded) as app:
        assert waiting(app) == WaitingMatters(referred=(1,))
        assert waiting(app, kind="imr") == WaitingMatters(referred=(1,))
        assert waiting(app, agency_id=2) == WaitingMatters()


SEALED = "Read it at https://reader.egress.com/x"
ANY_WAITS = {
    "a sealed message": (SEALED, WaitingMatters(sealed=(1,))),
    "a request": (
        "Could we have an extension until 11 June 2010?",
        WaitingMatters(requests=(1,), perhaps=frozenset({1})),
    ),
    "a request for it": (
        "More time for the IMR, until 11 June?",
        WaitingMatters(requests=(1,)),
    ),
    "a question": ("Whom may we ask about the IMR?", WaitingMatters(referred=(1,))),
    "a document": ("", WaitingMatters(referred=(1,))),
}


@pytest.mark.parametrize("what", ANY_WAITS)
def test_whatever_waits_goes_on_waiting_when_another_return_is_accepted(
    loaded: Board, what: str
) -> None:
    """Failure mode 107: no return that comes settles what is sealed, asked or not recognised."""
    body, waits = ANY_WAITS[what]
    if body:
        mailed(loaded, body)
    else:
        loaded.drop("GP", _minutes())
        loaded.once()
    with opened(loaded) as app:
        assert waiting(app, kind="imr") == waits
    loaded.drop("GP", GOOD)
    loaded.once()
    with opened(loaded) as app:
        gp = app.register.case_matrix(NOW.date())[0].agencies[0]
        assert [r.state for r in gp.returns if r.kind == "chronology"] == ["accepted"]
        assert waiting(app, kind="imr") == waits


def test_what_is_sealed_stands_first_with_its_day_though_a_return_was_accepted(
    loaded: Board,
) -> None:
    """Failure mode 107."""
    mailed(loaded, SEALED)
    loaded.drop("GP", GOOD)
    loaded.once(at="2010-04-07T10:00")
    told = " ".join(loaded.run("digest", "--preview", "--all", at="2010-04-13T08:00").out.split())
    assert "since Thursday 1 April" in told
    loaded.once(at="2010-05-18T10:00")
    assert not [m for m in loaded.sent(AUTHOR) if "reminder" in str(m["Subject"])]


def test_what_could_be_for_several_reviews_keeps_each_waiting_until_a_person_says_which(
    loaded: Board,
) -> None:
    """Failure mode 107."""
    assert loaded.load(SECOND_CASE).status == 0
    loaded.mail(mail(AUTHOR, SERVICE, "A secure message", "https://reader.egress.com/x", ()))
    loaded.once()
    with opened(loaded) as app:
        agencies = (a for case in app.register.case_matrix(NOW.date()) for a in case.agencies)
        for_each = [agency.id for agency in agencies if agency.code == "GP"]
        assert [waiting(app, id) for id in for_each] == [WaitingMatters(sealed=(1,))] * 2
    asked = loaded.run("digest", "--preview", "--all", at="2010-04-06T08:00").out
    assert "sealed message waits on another site" in " ".join(asked.split())
    placed = ("assign", 1, "--case", "N12", "--agency", "GP", "--reason", "Rang", "--yes")
    settled = loaded.run(*placed, at="2010-04-06T10:00")
    assert "Letter (sealed-waiting) to Author One, author." in settled.out
    with opened(loaded) as app:
        assert [waiting(app, id) for id in for_each] == [
            WaitingMatters(sealed=(2,)),
            WaitingMatters(),
        ]


def test_a_message_whose_document_was_forgotten_is_theirs_to_send_again(loaded: Board) -> None:
    mailed(loaded, "Please find our chronology attached.")
    with opened(loaded) as app:
        assert waiting(app) == WaitingMatters()


def test_what_a_person_has_settled_waits_no_more(loaded: Board) -> None:
    mailed(loaded, "May we have a word about the chronology?")
    done = loaded.run("reject", 1, "--reason", "Rang them", "--yes", at="2010-04-01T10:30")
    assert done.status == 0, done.err
    with opened(loaded) as app:
        assert waiting(app) == WaitingMatters()


def test_what_was_taken_in_and_is_not_judged_keeps_everybody_waiting(loaded: Board) -> None:
    with opened(loaded) as app:
        (drop,) = app.drops
        loaded.drop("GP", GOOD)
        for offer in drop.list_offers():
            app.spool.take_delivery(drop, offer, drop.read_content(offer), NOW)
        assert waiting(app, agency_id=2) == WaitingMatters(unjudged=True)


def test_a_dropped_file_that_could_not_be_judged_keeps_its_agency_waiting(
    loaded: Board, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Promise 6."""
    loaded.drop("GP", GOOD)
    with opened(loaded) as app:
        (drop,) = app.drops
        for offer in drop.list_offers():
            app.spool.take_delivery(drop, offer, drop.read_content(offer), NOW)
        for _ in range(3):
            (delivery,) = app.spool.waiting_deliveries()
            app.spool.begin_try(delivery)
        app.processor.set_delivery_aside(delivery, app.now())
        assert waiting(app) == WaitingMatters(set_aside=True)
        assert waiting(app, agency_id=2) == WaitingMatters()


@pytest.mark.parametrize(
    ("of", "unseen"),
    [
        (source_outage(DROP), True),
        (source_outage(MAIL_1), True),
        (message_outage(MAIL_1), False),  # the operator knows; whose it is nobody does
    ],
)
def test_a_source_that_cannot_be_looked_at_keeps_everybody_waiting(
    loaded: Board, of: OutageSubject, unseen: bool
) -> None:
    """Failure mode 23."""
    with opened(loaded) as app:
        app.outages.record_round({of: SourceUnavailable()}, (), NOW)
        assert waiting(app) == WaitingMatters(unseen=unseen)
        app.outages.record_round({}, {of}, NOW + timedelta(minutes=1))
        assert waiting(app) == WaitingMatters()
