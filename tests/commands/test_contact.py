"""`contact add|remove|pause|back`: who may send, and who is written to."""

from __future__ import annotations

from tests import builders as build
from tests.board import CASE, Board, Ended

GP = build.make_chronology(build.STORIES["GP"])
SERVICE = "scr-returns@board.example"
AUTHOR, NEW = "author@meadowlane.example", "new@meadowlane.example"
NOT_GONE = (
    "They are neither paused, nor away by a note of theirs, nor out of reach, nor said to leave.\n"
)
LATE = "2010-04-20T10:00"


def contact(board: Board, what: str, email: str, *words: str) -> Ended:
    options = (*words, "--reason", "Author One has left", "--yes")
    return board.run("contact", what, "N12", "GP", email, *options)


def add(board: Board, email: str = NEW) -> Ended:
    return contact(board, "add", email, "--name", "Author Six", "--role", "author")


def sends(board: Board, sender: str) -> None:
    board.mail(build.mail(sender, SERVICE, "N12", "Here it is.", [("c.docx", GP)]))
    board.once()


def test_a_person_who_was_added_may_send_and_is_answered(loaded: Board) -> None:
    assert add(loaded).out.startswith(
        "N12, Meadow Lane Surgery: Author Six is registered as author."
    )
    sends(loaded, NEW)
    assert loaded.returns("GP")["chronology"]["state"] == "accepted"
    assert len(loaded.answers(NEW)) == 1


def test_a_person_who_was_removed_neither_sends_nor_is_written_to(loaded: Board) -> None:
    contact(loaded, "remove", AUTHOR)
    sends(loaded, AUTHOR)
    assert loaded.status()["held"] == 1
    loaded.once(at=LATE)
    assert not loaded.sent(AUTHOR)


def test_loading_the_file_again_does_not_bring_them_back(loaded: Board) -> None:
    contact(loaded, "remove", AUTHOR)
    assert "was removed, and stays so" in loaded.load().out
    sends(loaded, AUTHOR)
    assert loaded.status()["held"] == 1


def test_adding_them_again_does(loaded: Board) -> None:
    contact(loaded, "remove", AUTHOR)
    assert add(loaded, AUTHOR).status == 0
    sends(loaded, AUTHOR)
    assert loaded.status()["held"] == 0


def test_a_person_in_peace_is_answered_and_not_chased(loaded: Board) -> None:
    contact(loaded, "pause", AUTHOR, "--until", "2010-04-21")
    loaded.once(at=LATE)
    assert not loaded.sent(AUTHOR)
    sends(loaded, AUTHOR)
    assert len(loaded.answers(AUTHOR)) == 1
    loaded.once(at="2010-06-02T10:00")
    assert len(loaded.sent(AUTHOR)) > 1, "the day has passed"


def test_a_person_who_is_back_from_a_pause_is_chased_again(loaded: Board) -> None:
    contact(loaded, "pause", AUTHOR, "--until", "2010-06-01")
    told = contact(loaded, "back", AUTHOR)
    assert told.out.startswith("They are written to again, until another note says")
    loaded.once(at=LATE)
    assert len(loaded.sent(AUTHOR)) == 1


def test_a_person_s_note_is_ended_by_a_decision_in_the_record(loaded: Board) -> None:
    """Issue 7, point 6: an absence is clearable."""
    loaded.mail(build.out_of_office(AUTHOR, SERVICE))
    loaded.once()
    assert contact(loaded, "back", AUTHOR).status == 0
    log = loaded.run("audit", "log", "N12").out
    assert "GP: Author One, author, wrote that they are away until Thursday 22 April 2010" in log
    assert "Decision 1: Author One, author for GP, was said to be there again, by" in log
    assert "GP: Author One, author, is no longer away (decision 1)." in log
    assert loaded.run("audit", "verify").status == 0
    again = contact(loaded, "back", AUTHOR)
    assert (again.status, again.err) == (1, NOT_GONE)


def test_a_note_of_today_alone_can_be_ended_today(loaded: Board) -> None:
    loaded.mail(build.out_of_office(AUTHOR, SERVICE, until="further notice"))
    loaded.once()
    assert contact(loaded, "back", AUTHOR).status == 0


def test_a_person_in_two_roles_is_back_in_both(loaded: Board) -> None:
    loaded.load(CASE.replace("commissioner@meadowlane.example", AUTHOR))
    contact(loaded, "pause", AUTHOR, "--until", "2010-06-01")
    assert contact(loaded, "back", AUTHOR).status == 0
    assert contact(loaded, "back", AUTHOR).err == NOT_GONE


def test_registering_somebody_anew_does_not_end_their_pause(loaded: Board) -> None:
    """`contact back` is the one way to do that; who was removed and is added begins anew."""
    contact(loaded, "pause", AUTHOR, "--until", "2010-07-01")
    add(loaded, AUTHOR)
    loaded.once(at=LATE)
    assert not loaded.sent(AUTHOR)
    contact(loaded, "remove", AUTHOR)
    add(loaded, AUTHOR)
    assert contact(loaded, "back", AUTHOR).err == NOT_GONE


def test_an_address_is_checked_as_in_a_case_file(loaded: Board) -> None:
    assert "should be one e-mail address" in add(loaded, "nowhere").err
    ended = add(loaded, "author@shirepolice.example")
    assert (ended.status, "is also that of" in ended.err) == (1, True)


def test_somebody_who_is_not_registered_is_told(loaded: Board) -> None:
    told = "Nobody is registered for this agency under that address.\n"
    assert contact(loaded, "remove", NEW).err == told
    assert contact(loaded, "pause", NEW, "--until", "2010-05-04").err == told
    assert contact(loaded, "back", NEW).err == told
    assert contact(loaded, "back", AUTHOR).err == NOT_GONE
    past = contact(loaded, "pause", AUTHOR, "--until", "2010-04-01").err
    assert past == "The day to write to them again should be after today.\n"


def test_it_says_once_and_truly_what_becomes_of_letters(loaded: Board) -> None:
    """Whoever is added is written to by the next round's reminders; the decision is not told."""
    assert add(loaded).out.splitlines()[1:] == [
        "From the next round on they are written to when something falls due.",
        "N12, Meadow Lane Surgery: reminder to Author Six on Thursday 1 April, for the chronology.",
        "Done, and in the record.",
    ]
    removed = contact(loaded, "remove", NEW).out.splitlines()
    assert removed == [
        "What comes from that address is held; nothing is sent to it.",
        "No letter tells of this.",
        "Done, and in the record.",
    ]


def test_whom_the_next_round_writes_to_is_said_to_be_written_to(loaded: Board) -> None:
    """It said "Nobody is written to.", and a reminder left in the next round."""
    loaded.once(at="2010-04-06T09:00")
    words = ("--name", "Author Six", "--role", "author", "--reason", "x", "--yes")
    at = "2010-04-12T10:00"
    says = loaded.run("contact", "add", "N12", "GP", NEW, *words, at=at).out
    assert "reminder to Author Six on Monday 12 April, for the chronology." in says
    assert "No letter" not in says and "chased again" not in says
    loaded.once(at="2010-04-12T10:01")
    assert len(loaded.sent(NEW)) == 1


def test_an_address_that_stays_registered_elsewhere_is_said_to_be(loaded: Board) -> None:
    case = CASE.replace('"N12"', '"N14"').replace('"N12/A"', '"N14/A"')
    assert loaded.load(case).status == 0
    removed = contact(loaded, "remove", AUTHOR).out.splitlines()
    assert removed[0] == (
        "What comes from that address is taken in for N14 alone, where it stays registered;"
        " nothing else is sent to it."
    )
