"""What waits for the board: it never ends in a chaser, and never waits in silence for ever."""

from __future__ import annotations

from outbox.writing.letter_text import letter_plain_text
from tests.board import Board
from tests.builders_mail import mail
from tests.plain_reports import paper
from tests.registry import SECOND_CASE

AUTHOR, SERVICE = "author@meadowlane.example", "scr-returns@board.example"
ADMINISTRATOR, CHAIR = "administrator@board.example", "chair@board.example"
ASKS = "Could we have an extension for the chronology until 30 April 2010 because of leave?"


def asks(board: Board, at: str = "2010-04-13T10:00") -> int:
    """Author One asks for more time on a Tuesday; the number of the entry."""
    board.mail(mail(AUTHOR, SERVICE, "N12: more time", ASKS, ()))
    board.once(at)
    (entry,) = board.run("referred", "--json").json
    return int(entry["id"])


def chaired(board: Board) -> Board:
    path = board.folder / "scr-intake.toml"
    chair = f'chair = {{ name = "The Chair\'s Office", email = "{CHAIR}" }}\n\n[storage]'
    path.write_text(path.read_text().replace("[storage]", chair, 1))
    assert board.load().status == 0
    return board


def digest(board: Board, at: str) -> str:
    board.once(at)
    assert board.sent(ADMINISTRATOR)
    return " ".join(board.run("digest", "--preview", "--all", at=at).out.split())


def drafts(board: Board) -> list[tuple[str, str, str]]:
    letters = board.run("letters", "--json").json
    return [(x["kind"], x["to"], x["state"]) for x in letters if x["kind"] == "undecided"]


def test_after_two_working_days_its_ask_stands_first_on_the_digest(loaded: Board) -> None:
    """Failure mode 107."""
    id = asks(loaded)
    loaded.mail(mail("stranger@elsewhere.example", SERVICE, "N12", "Hello.", ()))
    before = digest(loaded, "2010-04-14T08:00")
    assert (
        "more time until Friday 30 April; the chronology is not chased until you decide." in before
    )
    after = digest(loaded, "2010-04-15T08:00")
    assert (
        "1. N12, Meadow Lane Surgery: request for more time until Friday 30 April; has waited for"
        " you since Tuesday 13 April, and the chronology is not chased meanwhile."
    ) in after
    assert after.count(f"scr-intake show {id}") >= 1
    assert "until you decide" not in after


def test_it_waits_since_it_came_though_it_was_assigned_since(loaded: Board) -> None:
    loaded.mail(mail(AUTHOR, SERVICE, "N12", "The chronology is proving rather a struggle.", ()))
    loaded.once("2010-04-13T10:00")
    assigned = loaded.run(
        *("assign", 1, "--kind", "extension_request", "--reason", "It asks", "--yes"),
        at="2010-04-16T11:00",
    )
    assert assigned.status == 0, assigned.err
    assert "has waited for you since Tuesday 13 April" in digest(loaded, "2010-04-19T08:00")


def test_after_five_it_is_drafted_to_the_chairs_office_once(board: Board) -> None:
    """Failure mode 107."""
    chaired(board)
    asks(board)
    board.once("2010-04-19T10:00")
    assert drafts(board) == []
    board.once("2010-04-20T10:00")
    board.once("2010-04-21T10:00")
    assert drafts(board) == [("undecided", CHAIR, "draft")]
    assert board.sent(CHAIR) == []
    said = digest(board, "2010-04-22T08:00")
    assert "has waited so long for the board that the chair's office should hear of it" in said
    (letter,) = [x for x in board.run("letters", "--json").json if x["kind"] == "undecided"]
    assert board.run("letters", "release", letter["id"], at="2010-04-22T09:00").status == 0
    board.once("2010-04-22T10:00")
    (sent,) = board.sent(CHAIR)
    words = " ".join(letter_plain_text(sent).split())
    assert "Meadow Lane Surgery has sent us a request for more time for review N12." in words
    assert "since Tuesday 13 April 2010" in words
    assert "is not asked for the chronology" in words


def test_a_draft_is_called_back_once_it_is_decided(board: Board) -> None:
    chaired(board)
    asks(board)
    board.once("2010-04-20T10:00")
    extended = board.run(
        *("extend", "N12", "GP", "chronology", "--until", "2010-04-30", "--agreed-by", "Chair"),
        *("--reason", "Leave", "--yes"),
        at="2010-04-20T11:00",
    )
    assert extended.status == 0, extended.err
    board.once("2010-04-20T12:00")
    assert drafts(board) == [("undecided", CHAIR, "called back")]


def test_more_time_settles_what_was_asked_of_that_return_in_words_not_understood(
    board: Board,
) -> None:
    chaired(board)
    for words in ("Whom may we ask about the chronology?", "The chronology and the IMR puzzle us."):
        board.mail(mail(AUTHOR, SERVICE, "N12", words, ()))
        board.once("2010-04-13T10:00")
    board.once("2010-04-20T10:00")
    chairs = [x["id"] for x in board.run("letters", "--json").json if x["kind"] == "undecided"]
    assert len(chairs) == 1, "one of an agency"
    extended = board.run(
        *("extend", "N12", "GP", "chronology", "--until", "2010-04-30", "--agreed-by", "Chair"),
        *("--reason", "Leave", "--yes"),
        at="2010-04-20T11:00",
    )
    assert "This answers entry 1 too, a message without a document" in extended.out
    assert "entry 2" not in extended.out
    assert [x["id"] for x in board.run("referred", "--json").json] == [2]
    released = board.run("letters", "release", chairs[0], at="2010-04-20T11:05")
    assert released.status and "called back: a part of what it asked about is" in released.err
    assert "the IMR is not chased meanwhile" in digest(board, "2010-04-21T08:00")
    board.once("2010-04-21T09:00")
    assert drafts(board) == [("undecided", CHAIR, "called back"), ("undecided", CHAIR, "draft")]


def test_what_many_of_one_agency_wait_for_is_one_letter_of_that_agency(board: Board) -> None:
    """However much waits, and whenever each began to: no letter repeats another."""
    chaired(board)
    for n in range(7):
        board.drop("GP", paper(f"Agenda {n}"), f"agenda{n}.docx")
    board.drop("POL", paper("Agenda of the police"), "agenda.docx")
    asks_too = mail(AUTHOR, SERVICE, "N12: more time", ASKS, ())
    board.once("2010-04-12T10:00")
    board.mail(asks_too)
    board.once("2010-04-13T10:00")
    board.once("2010-04-19T10:00")
    assert [state for *_, state in drafts(board)] == ["draft"] * 2
    board.once("2010-04-20T10:00")
    assert [state for *_, state in drafts(board)] == ["called back", "draft", "draft"]
    waits = [x for x in board.run("letters", "--json").json if x["state"] == "draft"]
    texts = [board.run("letters", "show", x["id"]).out for x in waits]
    (of_gp,) = [" ".join(text.split()) for text in texts if "Meadow Lane" in text]
    assert "7 documents that were not recognised and a request for more time" in of_gp
    assert "the longest of them since Monday 12 April 2010" in of_gp
    assert "Shire Police" not in of_gp
    for each in waits:
        assert board.run("letters", "release", each["id"], at="2010-04-20T11:00").status == 0
    board.once("2010-04-20T11:01")
    board.once("2010-04-22T11:00")
    assert len(board.sent(CHAIR)) == 2
    assert len(drafts(board)) == 3, "what the chair's office has heard of is not drafted again"


def test_without_a_chairs_office_nothing_is_drafted(loaded: Board) -> None:
    asks(loaded)
    loaded.once("2010-04-27T10:00")
    assert drafts(loaded) == []


def test_the_settings_say_how_long(board: Board) -> None:
    chaired(board)
    path = board.folder / "scr-intake.toml"
    path.write_text(path.read_text().replace("ask_chair_after = 5", "ask_chair_after = 1", 1))
    asks(board)
    board.once("2010-04-14T10:00")
    assert drafts(board) == [("undecided", CHAIR, "draft")]


def test_what_waits_for_the_board_never_ends_in_a_chaser(loaded: Board) -> None:
    """Failure mode 107."""
    asks(loaded)
    for day in ("16", "19", "21", "23", "28"):
        loaded.once(f"2010-04-{day}T10:00")
    chased = [x["X-SCR-Intake"] for x in loaded.sent(AUTHOR)]
    assert not {"chaser", "escalation"}.intersection(chased)


def test_thanks_and_a_question_about_nothing_owed_hold_no_chaser_up(loaded: Board) -> None:
    """Failure mode 107."""
    for n, words in enumerate(("Thank you.", "Who chairs the panel?")):
        loaded.mail(mail(AUTHOR, SERVICE, f"N12 {n}", words, ()))
    loaded.once("2010-04-16T11:00")
    loaded.once("2010-04-19T10:00")
    assert "chaser" in [x["X-SCR-Intake"] for x in loaded.sent(AUTHOR)]


def test_a_decision_tells_whom_it_has_chased_again_and_leaves_out_no_step(loaded: Board) -> None:
    loaded.mail(mail(AUTHOR, SERVICE, "N12", "Whom may we ask about the chronology?", ()))
    loaded.once("2010-04-15T10:00")
    loaded.once("2010-04-22T10:00")
    done = loaded.run("reject", 1, "--reason", "Rang", "--yes", at="2010-04-22T11:00")
    again = "N12, Meadow Lane Surgery is chased again: chaser to Author One on Thursday 22 April,"
    assert f"{again} for the chronology." in done.out
    loaded.once("2010-04-22T11:30")
    assert loaded.sent(AUTHOR)[-1]["X-SCR-Intake"] == "chaser"


def test_nobody_is_said_to_have_decided_where_nobody_did(board: Board) -> None:
    chaired(board)
    assert board.load(SECOND_CASE).status == 0
    board.mail(mail(AUTHOR, SERVICE, "More time", ASKS, ()))
    board.once("2010-04-12T10:00")
    board.once("2010-04-20T10:00")
    assert drafts(board)
    why = ("--reason", "-", "--yes")
    placed = board.run("assign", 1, "--case", "N12", "--agency", "GP", *why, at="2010-04-20T11:00")
    assert "N12, Meadow Lane Surgery is chased again" not in placed.out
    assert "about what waits for a decision: the chronology" in placed.out
    board.once("2010-04-20T12:00")
    said = digest(board, "2010-04-21T08:00")
    assert "not sent after all: whose or what it is was said" in said
    assert "it asked about is decided" not in said


def test_whom_a_decision_writes_to_today_is_chased_on_another_day(loaded: Board) -> None:
    loaded.mail(mail(AUTHOR, SERVICE, "N12", "Whom may we ask about the chronology?", ()))
    loaded.once("2010-04-15T10:00")
    loaded.once("2010-04-22T10:00")
    say = ("--reason", "Rang", "--tell", "The chair.", "--yes")
    done = loaded.run("reject", 1, *say, at="2010-04-22T11:00")
    assert "is chased again: chaser to Author One on Friday 23 April" in done.out
