"""`extend` and `waive`: what is agreed about one return."""

from __future__ import annotations

from tests.board import CASE, Board, Ended

LATER = "2010-04-06T10:00"


def extend(board: Board, until: str = "2010-06-11") -> Ended:
    words = ("extend", "n12", "gp", "imr", "--until", until, "--agreed-by", "The chair")
    return board.run(*words, "--reason", "Leave", "--yes", at=LATER)


def test_more_time_moves_the_due_date_and_is_told_to_the_authors(loaded: Board) -> None:
    said = extend(loaded).out.splitlines()
    assert "N12, Meadow Lane Surgery: IMR is due Friday 11 June; it was Friday 28 May." in said
    assert said[-3:] == [
        "Chasing starts anew from that day.",
        "Letter (extension) to Author One, author.",
        "Done, and in the record. Letters go with the next round.",
    ]
    assert loaded.returns("GP")["imr"]["due"] == "2010-06-11"
    loaded.once(at=LATER)
    letter = loaded.sent("author@meadowlane.example")[-1]
    assert letter["Subject"].endswith("more time agreed until 11 June, no action needed now - IMR")


def test_a_chaser_waits_for_the_new_date(loaded: Board) -> None:
    extend(loaded)
    loaded.once(at="2010-06-02T10:00")
    late = [x for x in loaded.sent("author@meadowlane.example") if "is late" in x["Subject"]]
    assert not [x for x in late if "IMR" in x["Subject"]]


def test_loading_the_same_case_again_does_not_take_the_time_back(loaded: Board) -> None:
    extend(loaded)
    assert loaded.load().out == "N12: nothing has changed.\n"
    assert loaded.returns("GP")["imr"]["due"] == "2010-06-11"


def test_a_date_changed_in_the_file_counts(loaded: Board) -> None:
    extend(loaded)
    changed = CASE.replace("imr                  = 2010-05-28", "imr = 2010-06-18")
    assert "N12, GP: IMR now due Friday 18 June 2010" in loaded.load(changed).out


def test_a_return_that_is_waived_is_asked_for_no_more(loaded: Board) -> None:
    words = ("waive", "N12", "POL", "qa_form", "--reason", "No need", "--yes")
    assert loaded.run(*words).out.splitlines()[:2] == [
        "N12, Shire Police: QA form was still to come, and is not needed.",
        "Letter (waiver) to Author Two, author.",
    ]
    loaded.once()
    assert (
        "we no longer ask for the QA form"
        in loaded.sent("author@shirepolice.example")[-1]["Subject"]
    )
    assert loaded.run(*words).err == "It is settled already: waived.\n"


def test_what_is_not_there_is_told_with_what_is(loaded: Board) -> None:
    def told(*words: str) -> str:
        return loaded.run("waive", *words, "--reason", "x", "--yes").err

    assert told("N99", "GP", "imr").startswith("There is no case N99.")
    assert told("N12", "XX", "imr") == "There is no agency XX in N12. There are GP, POL.\n"
    assert told("N12", "GP", "poem").startswith("GP does not owe poem in N12. It owes chronology,")
