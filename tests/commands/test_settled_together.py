"""One command settles what one line of the digest told, and no more."""

from __future__ import annotations

from datetime import datetime

import pytest

from commands.composition.app import open_application
from handlers.findings import Finding, Judgement
from handlers.register.decision import Decision
from handlers.register.decisions import Decisions
from handlers.register.submissions import LoggedDelivery, Origin, Submission
from handlers.senders.attribution import UncertainPlace
from intake.source import SourceOffer
from outbox.writing.letter_reasons import LetterReason
from tests import builders as build
from tests.board import CASE, Board
from tests.floods import asked, flood, held_back, pour
from tests.known_sources import MAIL_1
from tests.plain_reports import paper
from tests.told import REASON, digest, names, needs, record, waiting

TOMORROW = "2010-04-06T10:00"  # Easter lies between


def minutes(board: Board, number: int) -> str:
    """So many documents that are no return, of one agency; their line on the digest."""
    for n in range(number):
        board.drop("GP", paper(f"Minutes {n}"), f"minutes{n}.docx")
    board.once()
    (line,) = needs(digest(board))
    return line


def _doubt(row: int) -> Finding:
    return Finding("rows", "question", f"Row {row} may be another's.", "")


def states(board: Board) -> list[str]:
    with open_application(asked(board)) as app:
        return [letter.state for letter in app.queue.list_letters() if letter.agency_id is not None]


def test_one_command_settles_what_the_digest_listed_and_not_what_came_since(
    loaded: Board,
) -> None:
    pour(loaded, (250, "shop.example"))
    loaded.once()  # writes the digest
    assert len(loaded.sent("administrator@board.example")) == 1
    (name,) = names(digest(loaded))
    pour(loaded, (3, "shop.example"))
    assert loaded.run("reject", 7, *REASON, "--yes").status == 0
    assert loaded.run("reject", 250, *REASON, "--yes").status == 0
    ended = loaded.run("reject", "--group", name, *REASON, "--yes")
    assert ended.status == 0, ended.err
    assert "Nothing comes of 248 entries, from 1 to 249." in ended.out
    assert "No letter tells of this." in ended.out
    assert ended.out.endswith(
        "248 settled, and in the record. 2 had changed meanwhile and are left.\n"
    )
    assert waiting(loaded) == [251, 252, 253]
    decided = record(loaded)
    assert len(decided) == 250 and len(set(decided)) == 250
    assert loaded.run("audit", "verify").status == 0
    again = loaded.run("reject", "--group", name, *REASON, "--yes")
    assert (again.status, again.err) == (
        1,
        "Of these 250 nothing waits any more. Nothing was decided.\n",
    )


def test_it_asks_first_and_does_nothing_when_the_answer_is_no(loaded: Board) -> None:
    pour(loaded, (6, "shop.example"))
    (name,) = names(digest(loaded))
    ended = loaded.run("reject", "--group", name, *REASON)
    assert "Nothing comes of entries 1, 2, 3, 4, 5 and 6." in ended.out
    assert "Each: a message from a sender nobody is registered under." in ended.out
    assert (ended.status, len(waiting(loaded))) == (1, 6)
    assert record(loaded) == []


def test_what_goes_wrong_in_the_middle_leaves_all_as_it_was(
    loaded: Board, monkeypatch: pytest.MonkeyPatch
) -> None:
    pour(loaded, (6, "shop.example"))
    (name,) = names(digest(loaded))
    make, made = Decisions.record_decision, list[Decision]()

    def failing(self: Decisions, decision: Decision, now: datetime) -> int:
        made.append(decision)
        if len(made) == 6 + 4:  # once all were tried out
            raise RuntimeError
        return make(self, decision, now)

    monkeypatch.setattr(Decisions, "record_decision", failing)
    assert loaded.run("reject", "--group", name, *REASON, "--yes").status != 0
    assert len(made) == 10
    assert (len(waiting(loaded)), record(loaded)) == (6, [])


def test_a_preview_names_what_there_is_now_and_its_name_is_of_that_alone(loaded: Board) -> None:
    pour(loaded, (6, "shop.example"))
    (name,) = names(digest(loaded))
    pour(loaded, (1, "shop.example"))
    refused = loaded.run("reject", "--group", name, *REASON, "--yes")
    assert (refused.status, refused.err) == (
        1,
        f'No digest told of a group "{name}", or it is long ago.'
        "\nTo see what waits now:\nscr-intake digest --preview\n",
    )
    (name,) = names(digest(loaded))
    assert loaded.run("reject", "--group", name.upper(), *REASON, "--yes").status == 0
    assert waiting(loaded) == []


def test_yesterdays_line_is_about_what_it_told_yesterday(loaded: Board) -> None:
    pour(loaded, (6, "shop.example"))
    loaded.once()
    (old,) = names(digest(loaded))
    pour(loaded, (6, "shop.example"))
    loaded.once(at=TOMORROW)
    (new,) = names(loaded.run("digest", "--preview", "--all", at=TOMORROW).out)
    assert len(loaded.sent("administrator@board.example")) == 2
    assert old != new
    assert loaded.run("reject", "--group", old, *REASON, "--yes", at=TOMORROW).status == 0
    assert waiting(loaded) == list(range(7, 13))
    ended = loaded.run("reject", "--group", new, *REASON, "--yes", at=TOMORROW)
    assert ended.out.endswith(
        "6 settled, and in the record. 6 had changed meanwhile and are left.\n"
    )


@pytest.mark.parametrize("words", [(), (7, "--group", "7f3a-92c1-04be")])
def test_either_one_entry_is_named_or_a_group(loaded: Board, words: tuple[object, ...]) -> None:
    of_entries = (("reject", *REASON), ("accept", *REASON), ("assign", *REASON), ("show",))
    for command in (*of_entries, ("letters", "retry"), ("letters", "cancel")):
        assert loaded.run(*command, *words).status == 2


def test_documents_that_are_no_return_are_put_away_by_one_command_and_nobody_is_told(
    loaded: Board,
) -> None:
    line = minutes(loaded, 6)
    assert "N12, Meadow Lane Surgery, 6 times: a document not recognised; waits for you" in line
    (name,) = names(line, "show --group")
    refused = loaded.run("reject", "--group", name, *REASON, "--yes")
    assert refused.status == 1
    assert f"assign --group {name} --kind KIND" in refused.err and "--kind none" in refused.err
    assert len(loaded.run("show", "--group", name).out.splitlines()) >= 6
    told = len(loaded.sent("author@meadowlane.example"))
    assert "is not chased" in line or "are not chased" in line
    kept = loaded.run("assign", "--group", name, "--kind", "none", *REASON, "--yes")
    assert kept.status == 0, kept.err
    assert "Kept as no return: entries 1, 2, 3, 4, 5 and 6." in kept.out
    assert "No letter tells of this." in kept.out
    loaded.once()
    assert needs(digest(loaded)) == []
    assert len(loaded.sent("author@meadowlane.example")) == told
    assert "no return" in loaded.run("show", "--group", name).out
    assert record(loaded) == [(n, "keep") for n in range(1, 7)]
    assert loaded.run("audit", "verify").status == 0


def test_one_that_is_no_return_is_put_away_as_its_line_says_and_may_be_assigned_after_all(
    loaded: Board,
) -> None:
    line = minutes(loaded, 1)
    assert 'scr-intake assign 1 --kind KIND --reason "..."' in line
    assert "KIND is chronology, imr, qa_form, evaluation_statement; or none:" in line
    assert "scr-intake assign 1 --kind none" in loaded.run("show", 1).out
    assert "--kind none" in loaded.run("accept", 1, *REASON, "--yes").err
    kept = loaded.run("assign", 1, "--kind", "none", *REASON, "--yes")
    assert kept.status == 0, kept.err
    assert "No letter tells of this." in kept.out
    assert loaded.run("assign", 1, "--kind", "none", *REASON, "--yes").status == 1
    after = loaded.run("assign", 1, "--kind", "imr", *REASON, "--yes")
    assert after.status == 0, after.err


def test_what_is_recognised_or_a_message_is_not_kept_as_no_return(loaded: Board) -> None:
    loaded.drop(
        "GP", build.with_cell(build.make_chronology(build.STORIES["GP"]), 14, "Date", "2009")
    )
    loaded.once()
    refused = loaded.run("assign", 1, "--kind", "none", *REASON, "--yes")
    assert (refused.status, "does not wait" in refused.err) == (1, True)
    with open_application(asked(loaded)) as app:
        (place, *_) = app.register.people.places_of_agency("GP")
        origin = Origin(place.case_id, place.reference, place.agency_id, place.code)
        flood(app, 1, "", UncertainPlace("sealed-waiting"), origin)
        flood(app, 1, "shop.example")
    for id, says in ((2, "is a message"), (3, "belongs to no case")):
        refused = loaded.run("assign", id, "--kind", "none", *REASON, "--yes")
        assert (refused.status, says in refused.err) == (1, True), refused.err


def test_documents_that_wait_for_reasons_of_their_own_are_one_line_and_accepted_together(
    loaded: Board,
) -> None:
    """Issue 12: whatever the digest tells in one line, each command for an entry takes."""
    with open_application(asked(loaded)) as app:
        (place, *_) = app.register.people.places_of_agency("GP")
        origin, now = (
            Origin(place.case_id, place.reference, place.agency_id, place.code),
            app.now(),
        )
        app.spool.take_delivery(MAIL_1, SourceOffer("six chronologies"), b"message", now)
        with app.register.transaction():
            for delivery in app.spool.waiting_deliveries():
                said = tuple(
                    Submission(n, f"paper {n}", (Judgement("chronology", 1.0, (_doubt(n),)),))
                    for n in range(1, 7)
                )
                app.register.logbook.log_delivery(
                    LoggedDelivery(delivery, origin, said, now.date(), now)
                )
                app.spool.mark_judged(delivery, "held")
    (line,) = needs(digest(loaded))
    assert "N12, Meadow Lane Surgery, 6 times: chronology; waits for you" in line
    assert "Each waits for reasons of its own." in line
    (name,) = names(line, "accept --group")
    assert names(line, "show --group") == [name]
    rejected = loaded.run("reject", "--group", name, *REASON, "--tell", "Row 3, please.")
    assert "Rejected: entry 6." in rejected.out and "was for you to look at" in rejected.out
    ended = loaded.run("accept", "--group", name, *REASON, "--yes")
    assert ended.status == 0, ended.err
    assert "Accepted: entry 6." in ended.out, "of the versions of one return the latest"
    assert "chronology was for you to look at, and is accepted." in ended.out
    assert needs(digest(loaded)) == []


def test_documents_of_one_line_are_given_a_place_or_a_kind_together(loaded: Board) -> None:
    for n in range(6):
        loaded.drop("GP", paper(f"Minutes {n}"), f"minutes{n}.docx")
    loaded.once()
    (line,) = needs(digest(loaded))
    (name,) = names(line, "assign --group")
    assert line.count("--kind KIND") == 1
    refused = loaded.run("accept", "--group", name, *REASON, "--yes")
    assert refused.status == 1 and "Nobody has said what entry 1 is." in refused.err
    given = ("assign", "--group", name, "--kind", "imr", *REASON)
    ended = loaded.run(*given, "--yes")
    assert ended.status == 0, ended.err
    assert "Assigned: entries 1, 2, 3, 4, 5 and 6." in ended.out
    assert ended.out.endswith("6 assigned, and in the record.\n")
    assert "N12, GP: IMR held for the administrator." in ended.out
    again = loaded.run(*given, "--yes")
    assert (again.status, "nothing waits any more" in again.err) == (1, True)
    assert loaded.run("audit", "verify").status == 0


def test_letters_under_a_cap_are_one_line_and_go_or_stay_by_one_command(loaded: Board) -> None:
    held_back(loaded, 15)
    loaded.once()
    told = " ".join(digest(loaded).split())
    assert "Letters that did not go (1)" in told
    assert (
        "N12, Meadow Lane Surgery, to Author One (author, author@meadowlane.example): 15 letters"
        " (each the result of a check), the oldest of Thursday 1 April, are held back: its reader"
        " has had as many letters as a person gets in a day, and it answers one more message"
    ) in told
    (name,) = names(told, "letters retry --group")
    assert names(told, "letters cancel --group") == [name]
    held_back(loaded, 1)
    assert loaded.run("letters", "cancel", 2).status == 0
    assert len(loaded.run("letters", "show", "--group", name).out.splitlines()) == 15
    wrong = loaded.run("letters", "release", "--group", name)
    assert (wrong.status, "None of these 15 letters waits any more." in wrong.err) == (1, True)
    refused = loaded.run("reject", "--group", name, *REASON)
    assert (refused.status, f"letters show --group {name}" in refused.err) == (1, True)
    ended = loaded.run("letters", "retry", "--group", name)
    assert ended.out == "14 letters go with the next round. 1 had changed meanwhile and is left.\n"
    assert states(loaded) == ["queued", "cancelled", *["queued"] * 13, "held back"]
    with open_application(asked(loaded)) as app:
        rows = app.database.fetch_rows("SELECT 1 FROM record WHERE what = 'letter tried again'")
        assert len(rows) == 14


_AGENCY = """
[[agencies]]
code     = "A{0}"
name     = "Agency {0}"
contacts = [{{ name = "Author {0}", role = "author", email = "a{0}@agency{0}.example" }}]
"""


def test_drafts_of_many_agencies_name_them_and_go_as_the_caps_allow(board: Board) -> None:
    """What goes is told by agency first; so many at once are no more than anybody gets in a day."""
    settings = board.folder / "scr-intake.toml"
    text = settings.read_text().replace("letters_a_person_a_day = 10", "letters_a_person_a_day = 4")
    chair = 'chair = { name = "The Chair", email = "chair@board.example" }\n\n[storage]'
    settings.write_text(text.replace("[storage]", chair, 1))
    board.load("\n".join([CASE, *map(_AGENCY.format, range(5))]))
    for day in ("2010-04-19", "2010-04-26", "2010-05-03"):  # the ladder is climbed step by step
        board.once(at=f"{day}T10:00")
    at = "2010-05-10T10:00"
    board.once(at=at)
    (line,) = [each for each in needs(digest(board, at)) if "letters release" in each]
    assert line.startswith("N12, Agency 0, Agency 1, Agency 2, Agency 3, Agency 4 and Meadow")
    (name,) = names(line, "letters release --group")
    asked = board.run("letters", "release", "--group", name, at=at)
    assert (asked.status, "N12, Agency 3: a letter to the chair's office" in asked.out) == (1, True)
    assert "draft" in board.run("letters", at=at).out
    ended = board.run("letters", "release", "--group", name, "--yes", at=at)
    assert "as many a day and an hour as the caps allow" in ended.out
    board.once(at="2010-05-10T10:01")
    assert len(board.sent("chair@board.example")) == 4
    board.once(at="2010-05-11T10:00")
    assert len(board.sent("chair@board.example")) == 6


def test_letters_held_back_of_many_agencies_for_one_reason_are_one_line(loaded: Board) -> None:
    for contact in (1, 3):
        held_back(loaded, 4, contact, LetterReason.BARRED)
    told = " ".join(digest(loaded).split())
    assert "To 2 agencies: 8 letters (each the result of a check), the oldest" in told
    (name,) = names(told, "letters cancel --group")
    assert loaded.run("letters", "cancel", "--group", name).out == "8 letters will not be sent.\n"


def test_letters_the_guard_stops_are_one_line_and_dropped_by_one_command(loaded: Board) -> None:
    """A subject who is called like a word of ours stops them all."""
    first = '{ name = "Author One"'
    another = '{ name = "Author Three", role = "author", email = "three@meadowlane.example" }'
    named = CASE.replace('name         = "Child N"', 'name         = "What happens"')
    loaded.load(named.replace(first, f"{another},\n  {first}"))
    for n, one in enumerate(
        (
            build.make_qa_form(signed=""),
            build.make_statement(signed=""),
            build.with_cell(
                build.make_chronology(build.STORIES["GP"]), 7, "Source of Information", ""
            ),
        )
    ):
        loaded.drop("GP", one, f"return{n}.docx")
    loaded.once()
    told = " ".join(digest(loaded).split())
    assert "N12, Meadow Lane Surgery: 6 letters are not written: each would name a subject" in told
    (name,) = names(told, "letters drop --group")
    ended = loaded.run("letters", "drop", "--group", name)
    assert ended.out == "6 letters will not be written.\n", ended.err
    loaded.once()
    assert "are not written" not in digest(loaded)
    loaded.once(at=TOMORROW)
    assert "not written" not in digest(loaded)
    assert states(loaded).count("cancelled") == 3  # one stands for both readers of a return
