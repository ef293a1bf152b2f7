"""`once`, `status` and `letters`: what they tell, as lines and as JSON, and how they end."""

from __future__ import annotations

import shutil
from dataclasses import replace

from commands.composition.app import open_application
from commands.global_options import GlobalOptions
from commands.once import round_lines
from commands.rounds.round_report import RoundReport
from config.kind_loading import load_kinds
from intake.unregistered_senders import LeftMail
from tests import builders as build
from tests.board import Board
from tests.builders_mail import mail
from tests.outbox.test_ladder_steps import CHAIR, draft

GP = build.make_chronology(build.STORIES["GP"])
BROKEN = build.with_cell(GP, 14, "Date", "2009")


def test_a_round_says_what_it_did_in_plain_words(loaded: Board) -> None:
    loaded.drop("GP", GP)
    ended = loaded.once()
    assert ended.status == 0
    assert ended.out.splitlines()[:3] == [
        "Taken in: 1.",
        "Delivery 1: N12, GP: chronology accepted.",
        "Letter 1: acknowledgement sent.",
    ]
    assert loaded.once().out == "Nothing to do.\n"


def test_a_return_that_needs_changes_is_told_as_people_say_it(loaded: Board) -> None:
    loaded.drop("GP", BROKEN)
    assert "N12, GP: chronology needs changes." in loaded.once().out


def test_a_round_can_be_had_as_json(loaded: Board) -> None:
    loaded.drop("GP", BROKEN)
    loaded.drop("NHS", GP)
    ended = loaded.run("once", "--json")
    assert ended.status == 1, "what nobody is registered for waits for a person"
    told = ended.json
    assert told["taken"] == 2
    deliveries = {delivery["agency"]: delivery for delivery in told["deliveries"]}
    assert deliveries["GP"] == {
        "id": deliveries["GP"]["id"],
        "case": "N12",
        "agency": "GP",
        "documents": [{"kind": "chronology", "verdict": "reject"}],
        "apart": [],
    }
    assert deliveries[None]["apart"] == [{"verdict": "hold", "reason": "agency-unknown"}]
    assert told["letters"][0] == {"id": 1, "kind": "rejection"}
    assert told["troubles"] == []


def test_a_source_that_is_not_there_is_a_trouble_and_stops_no_other(loaded: Board) -> None:
    """Failure mode 23, promise 6."""
    shutil.rmtree(loaded.folder / "mail")
    loaded.drop("GP", GP)
    ended = loaded.once()
    assert ended.status == 1
    assert "chronology accepted" in ended.out
    assert "The source mail-1 is not there." in ended.err
    assert loaded.run("once", "--json").json["troubles"] == ["The source mail-1 is not there."]


def test_the_contract_of_status_as_json(loaded: Board) -> None:
    loaded.drop("GP", GP)
    loaded.once()
    told = loaded.status()
    assert set(told) == {
        "deliveries",
        "to_look_at",
        "letters",
        "held",
        "strangers_waiting",
        "strays",
        "digest",
        "transports",
        "drop",
        "cases",
    }
    assert told["deliveries"]["judged"] == 1
    assert told["letters"]["sent"] == 2  # the answer, and the digest
    assert told["held"] == 0
    (case,) = told["cases"]
    assert case["reference"] == "N12"
    assert case["agencies"][0]["code"] == "GP"
    assert case["agencies"][0]["returns"][0] == {
        "kind": "chronology",
        "due": "2010-04-16",
        "state": "accepted",
        "received": "2010-04-01",
        "accepted": "2010-04-01",
        "overdue": False,
    }


def test_status_ends_with_1_when_something_waits_for_a_person(loaded: Board) -> None:
    assert loaded.run("status").status == 0
    assert loaded.run("status", at="2010-04-20").status == 1, "overdue"
    loaded.mail(
        mail(
            "author@meadowlane.example",
            "scr@board.example",
            "The panel",
            "Could you ring me, please?",
        )
    )
    assert loaded.once().status == 1
    assert loaded.once().status == 0, "what waited before is told by status"
    told = loaded.run("status")
    assert (told.status, "To look at  1" in told.out) == (1, True)


def test_status_ends_with_1_for_what_is_held(loaded: Board) -> None:
    loaded.drop("NHS", GP)
    loaded.once()
    assert loaded.run("status").status == 1, "held"
    assert loaded.run("status", "--json").status == 1


def test_status_is_the_counts_and_the_matrix(loaded: Board) -> None:
    lines = loaded.run("status").out.splitlines()
    assert [line.split()[0] for line in lines[:6]] == [
        "Deliveries",
        "Letters",
        "Held",
        "To",
        "Strays",
        "Drop",
    ]
    assert lines[7].startswith("N12 ")


def test_what_has_no_place_is_counted(loaded: Board) -> None:
    """Strangers' mail waits in no case, a link in the drop folder is not taken, and what is for
    nobody here is left where it is."""
    line = "Strays      {} in no case, {} not taken, {} left as they were"
    assert line.format(0, 0, 0) in loaded.run("status").out.splitlines()
    loaded.mail(mail("stranger@shop.example", "scr-returns@board.example", "N12", "Hello", ()))
    (loaded.folder / "drop" / "GP" / "link.docx").symlink_to("/etc/hostname")
    loaded.once()
    with open_application(GlobalOptions(loaded.folder / "scr-intake.toml")) as app:
        app.intake_memory.strangers.begin_look("mail-1", "5", app.now())
        app.intake_memory.strangers.finish_look("mail-1", "5", LeftMail.STRANGER)
    assert line.format(1, 1, 1) in loaded.run("status").out.splitlines()


def test_no_letter_yet_is_told(board: Board) -> None:
    assert board.run("letters").out == "No letter has been written yet.\n"
    assert board.run("letters", "--json").json == []


def test_letters_are_listed_and_one_can_be_read(loaded: Board) -> None:
    loaded.drop("GP", GP)
    loaded.once()
    first = loaded.run("letters").out.splitlines()[0].split()
    assert first[:4] == ["1", "sent", "acknowledgement", "author@meadowlane.example"]
    text = loaded.run("letters", "show", 1).out
    assert text.startswith("From: Shireshire Safeguarding Children Board <")
    assert "\n\nDear Author One\n" in text
    assert "\r" not in text


def test_letters_can_be_had_as_json_wherever_that_is_typed(loaded: Board) -> None:
    loaded.drop("GP", GP)
    loaded.once()
    listed = loaded.run("letters", "--json").json
    one = loaded.run("letters", "show", 1, "--json").json
    assert loaded.run("letters", "--json", "show", 1).json == one
    assert one.pop("text").startswith("Dear Author One")
    assert listed[0] == one
    assert (one["id"], one["kind"], one["state"]) == (1, "acknowledgement", "sent")


def test_a_letter_that_is_not_there_is_told(loaded: Board) -> None:
    ended = loaded.run("letters", "show", 99)
    assert ended.status == 1
    assert ended.err == "There is no letter 99.\nTo list them:\nscr-intake letters\n"


def test_a_round_says_what_it_drafted_for_a_person_to_release() -> None:
    """It drafted a letter to the chair's office, and said that there was nothing to do."""
    report = RoundReport(queued=[replace(draft("to-chair", CHAIR), to_release=True)])
    (line,) = round_lines(report, load_kinds())
    assert line == (
        "Drafted: 1 letter (to-chair), which waits for you to release. To see them: scr-intake"
        " letters"
    )
    assert round_lines(RoundReport(queued=[draft("chaser", CHAIR)]), load_kinds()) == []
