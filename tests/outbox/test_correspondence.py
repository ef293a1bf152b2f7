"""The correspondence: derived again without harm, and no bad letter stops another."""

from __future__ import annotations

import shutil
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from commands.composition.app import open_application
from commands.global_options import GlobalOptions
from intake.source_health import source_outage
from outbox.due_letters import REASON_CHANGED, Correspondence
from outbox.sending.transport_back_off import TransportClosure
from outbox.writing import templates
from outbox.writing.letter_text import letter_plain_text, parse_letter
from tests import builders as build
from tests.board import CASE, Board
from tests.builders_mail import mail
from tests.known_sources import DROP
from tests.told import newest

GOOD = build.make_chronology(build.STORIES["GP"])
BAD = build.with_cell(build.make_chronology(build.STORIES["POL"]), 5, "Date", "2009")


def test_deriving_again_queues_nothing_new(loaded: Board) -> None:
    loaded.drop("GP", GOOD)
    loaded.once()
    before = loaded.run("letters", "--json").json
    for _ in range(3):
        loaded.once()
    assert loaded.run("letters", "--json").json == before


def own_words(board: Board, **templates: str) -> None:
    """Templates of the board's own, in a folder that the settings name."""
    settings = board.folder / "scr-intake.toml"
    settings.write_text(settings.read_text().replace("# letters = ", "letters = "))
    folder = board.folder / "letters"
    folder.mkdir(exist_ok=True)
    for name, text in templates.items():
        (folder / f"{name}.md.j2").write_text(text)


def alerts(board: Board) -> list[str]:
    sent = board.sent("it@board.example")
    return [str(letter["Subject"]).partition("scr-intake: ")[2] for letter in sent]


def test_a_template_of_ours_at_fault_stops_no_other_letter_and_loses_nothing(
    loaded: Board, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Failure modes 76 and 80b: the operator hears of it once when it begins and once when it is
    over, and the letter is written once the template is mended."""
    broken = tmp_path / "letters"
    shutil.copytree(templates.SHIPPED_FOLDER, broken)
    (broken / "rejection.md.j2").write_text("Subject: x\n\n{{ letter.no_such_thing }}")
    loaded.drop("GP", GOOD)
    loaded.drop("POL", BAD)
    with monkeypatch.context() as patch:
        patch.setattr(templates, "SHIPPED_FOLDER", broken)
        for _ in range(2):
            ended = loaded.once()
            assert ended.status == 1
            assert "A letter (rejection) was not written" in ended.err
    assert len(loaded.answers("author@meadowlane.example")) == 1
    assert not loaded.answers("author@shirepolice.example")
    assert loaded.returns("POL")["chronology"]["state"] == "rejected"
    assert alerts(loaded) == ["action needed - a letter is not written (rejection)"]
    for _ in range(2):
        assert loaded.once().status == 0
    assert len(loaded.answers("author@shirepolice.example")) == 1
    assert alerts(loaded)[1:] == ["letters are written again (rejection), no action needed"]


def test_words_of_the_boards_own_that_cannot_be_used_keep_no_letter_waiting(loaded: Board) -> None:
    """Failure modes 76 and 80b: ours are used, and the operator hears of it once."""
    own_words(loaded, rejection="Subject: x\n\n{{ letter.no_such_thing }}")
    loaded.drop("POL", BAD)
    for _ in range(2):
        assert 'rejection.md.j2, line 3: asks for "no_such_thing"' in loaded.once().err
    (answer,) = loaded.answers("author@shirepolice.example")
    assert "needs changes before we can accept it" in letter_plain_text(answer)
    assert alerts(loaded) == ["action needed - the board's own words for letters have slips"]
    (alert,) = loaded.sent("it@board.example")
    assert 'rejection.md.j2, line 3: asks for "no_such_thing"' in " ".join(
        letter_plain_text(alert).split()
    )
    assert alert["Importance"] == "high"
    own_words(loaded, rejection='Subject: {{ subject("to mend") }}\n\nPlease mend it.\n\nBye')
    loaded.once()
    assert len(alerts(loaded)) == 2
    loaded.drop("GP", build.with_cell(GOOD, 5, "Date", "2009"))
    loaded.once()
    assert loaded.answers("author@meadowlane.example")[0]["Subject"].endswith("SCR N12: to mend")


def test_a_slip_in_a_template_does_not_silence_the_chasers(loaded: Board) -> None:
    """Only a source that cannot be looked at does: what is late may have come there."""
    own_words(loaded, rejection="Dear you")
    loaded.once(at="2010-04-20T10:00")
    loaded.once(at="2010-04-21T10:00")
    assert [x for x in loaded.sent("author@meadowlane.example") if "late" in x["Subject"]]


def test_a_letter_the_guard_stops_is_told_to_the_operator_without_what_it_says(
    loaded: Board,
) -> None:
    """Promise 5: words that a board put into a template for all cases are held to it too."""
    loaded.load(CASE.replace('"N12"', '"N13"').replace("N12/A", "N13/A"))
    own_words(loaded, rejection='Subject: {{ subject("x") }}\n\nLike N13, please mend it.\n\nBye')
    loaded.mail(
        mail(
            "author@shirepolice.example",
            "scr-returns@board.example",
            "SCR N12",
            attachments=[("chronology.docx", BAD)],
        )
    )
    ended = loaded.once()
    assert "A letter (rejection) was not written: The letter would tell somebody" in ended.err
    assert not loaded.answers("author@shirepolice.example")
    assert alerts(loaded) == ["action needed - a letter is not written (rejection)"]
    (alert,) = loaded.sent("it@board.example")
    assert "N13" not in letter_plain_text(alert)
    loaded.once(at="2010-04-06T09:00")
    digest = " ".join(letter_plain_text(loaded.sent("administrator@board.example")[-1]).split())
    assert "A letter (rejection) cannot be written or sent as it stands." in digest
    told = [x["sentence"] for x in loaded.run("doctor", "--json").json if x["state"] == "wrong"]
    assert any(says.startswith("A letter (rejection) cannot be written") for says in told)


def test_an_agency_is_written_to_once_a_day_and_has_three_working_days_to_mend(
    loaded: Board,
) -> None:
    loaded.drop("GP", build.with_cell(GOOD, 5, "Date", "2009"))
    loaded.once(at="2010-04-19T10:00")
    assert len(loaded.sent("author@meadowlane.example")) == 1
    loaded.once(at="2010-04-21T10:00")
    assert len(loaded.sent("author@meadowlane.example")) == 1
    loaded.once(at="2010-04-22T10:00")
    assert len(loaded.sent("author@meadowlane.example")) == 2
    loaded.once(at="2010-04-22T15:00")
    assert len(loaded.sent("author@meadowlane.example")) == 2


def test_a_rejection_makes_the_reminder_of_the_same_thing_needless(loaded: Board) -> None:
    loaded.drop("GP", build.with_cell(GOOD, 5, "Date", "2009"))
    loaded.once(at="2010-04-01T10:00")
    loaded.once(at="2010-04-06T10:00")
    assert len(loaded.sent("author@meadowlane.example")) == 1
    loaded.once(at="2010-04-13T10:00")
    assert "reminder" in loaded.sent("author@meadowlane.example")[-1]["Subject"]


def test_an_agency_nobody_is_registered_for_is_on_the_digest(board: Board) -> None:
    start = CASE.index('contacts = [\n  { name = "Author Two"')
    end = CASE.index("]", start) + 1
    assert board.load(CASE[:start] + CASE[end:]).status == 0
    board.drop("POL", BAD)
    board.once()
    (digest,) = board.sent("administrator@board.example")
    assert "Shire Police: nobody is registered to write to." in letter_plain_text(digest)


def test_letters_that_wait_for_office_hours_are_not_sent_at_night(loaded: Board) -> None:
    loaded.once(at="2010-04-19T20:00")
    assert loaded.sent() == []


def test_an_answer_does_not_wait_for_office_hours(loaded: Board) -> None:
    loaded.drop("GP", GOOD)
    loaded.once(at="2010-04-18T22:00")
    assert len(loaded.sent("author@meadowlane.example")) == 1


def test_a_question_about_a_new_version_of_what_was_accepted_is_on_the_digest(
    loaded: Board,
) -> None:
    loaded.drop("GP", GOOD)
    loaded.once(at="2010-04-01T10:00")
    loaded.drop("GP", build.with_cell(GOOD, 5, "Agency", "City Hospital"), "again.docx")
    loaded.once(at="2010-04-06T07:00")
    loaded.once(at="2010-04-06T09:00")
    assert "chronology; waits for you to look" in newest(loaded)


def test_a_round_in_which_nothing_changed_does_not_look_everything_through(
    loaded: Board, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It looks again once another process has changed something, and every few minutes."""
    at = datetime(2010, 4, 1, 10, 0, tzinfo=ZoneInfo("Europe/London"))
    looked: list[datetime] = []
    with open_application(GlobalOptions(loaded.folder / "scr-intake.toml", at)) as app:
        whole = app.correspondence.draft_caused
        monkeypatch.setattr(
            Correspondence, "draft_caused", lambda self, now: looked.append(now) or whole(now)
        )
        app.correspondence.queue_due_letters(at)  # the digest is written, which is a change
        app.correspondence.queue_due_letters(at)
        looked.clear()
        app.correspondence.queue_due_letters(at)
        assert looked == []
        loaded.load(CASE.replace('"Child N"', '"Child M"'))
        app.correspondence.queue_due_letters(at)
        app.correspondence.queue_due_letters(at + timedelta(minutes=5))
        assert looked == [at, at + timedelta(minutes=5)]


def test_an_alert_that_has_not_left_says_the_reason_there_is_now(loaded: Board) -> None:
    at = datetime(2010, 4, 1, 10, tzinfo=ZoneInfo("Europe/London"))
    with open_application(GlobalOptions(loaded.folder / "scr-intake.toml", at)) as app:
        for why in ("It was moved.", "It was moved.", "It is a file."):
            app.outages.record_round(
                {source_outage(DROP): TransportClosure(why, "Put it back.")}, (), at
            )
            app.correspondence.queue_due_letters(at + timedelta(hours=1))
        letters = [x for x in app.queue.list_letters() if x.kind == "alert"]
    assert [(x.state, x.answer) for x in letters] == [
        ("called back", REASON_CHANGED),
        ("queued", ""),
    ]
    told = [letter_plain_text(parse_letter(letter.message)) for letter in letters]
    assert "It was moved." in told[0]
    assert "It is a file." in told[1] and "It was moved." not in told[1]
