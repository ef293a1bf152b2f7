"""A request for more time is printed as the command that gives it; to accept it gives none."""

from __future__ import annotations

from tests.board import Board
from tests.builders_mail import mail

AUTHOR, SERVICE = "author@meadowlane.example", "scr-returns@board.example"
LATER = '--agreed-by "..." --reason "..."'
ASKED = {
    "Could we have an extension for the chronology until 30 April 2010 because of leave?": [
        f"extend N12 GP chronology --until 2010-04-30 {LATER}",
    ],
    "Could we have an extension for the IMR and the QA form until 11 June 2010, due to illness?": [
        f"extend N12 GP imr --until 2010-06-11 {LATER}",
        f"extend N12 GP qa_form --until 2010-06-11 {LATER}",
    ],
    "Please may we have an extension for the chronology because of leave?": [
        f"extend N12 GP chronology --until DATE {LATER}",
    ],
    "Could we have an extension for the chronology until 12 April 2010 because of leave?": [
        f"extend N12 GP chronology --until DATE {LATER}",  # it is due later than that
    ],
}


def test_show_prints_what_would_give_it_and_accept_says_so(loaded: Board) -> None:
    for id, (words, commands) in enumerate(ASKED.items(), 1):
        loaded.mail(mail(AUTHOR, SERVICE, "N12: more time", words, ()))
        loaded.once("2010-04-13T10:00")
        shown = loaded.run("show", id, at="2010-04-13T11:00").out.splitlines()
        assert [x.strip() for x in shown if " extend " in x] == [
            f"scr-intake {c}" for c in commands
        ]
        assert not any("scr-intake accept" in line for line in shown)
        accepted = loaded.run("accept", id, "--reason", "Chair agrees", "--yes")
        assert accepted.status and f"scr-intake show {id}" in accepted.err


def test_the_digest_prints_it_ready_to_paste(loaded: Board) -> None:
    loaded.mail(mail(AUTHOR, SERVICE, "N12: more time", next(iter(ASKED)), ()))
    loaded.once("2010-04-13T10:00")
    for day in ("2010-04-14T08:00", "2010-04-16T08:00"):
        said = " ".join(loaded.run("digest", "--preview", at=day).out.split())
        assert f"scr-intake extend N12 GP chronology --until 2010-04-30 {LATER}" in said
        assert "`scr-intake show 1` shows it" in said
