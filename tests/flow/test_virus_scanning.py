"""Failure mode 52, the whole way, with a real clamd: what it finds is held and told once, nothing
is opened while it cannot be relied on, and nobody is told anything that is not so."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from unittest.mock import patch

import pytest

from config.calendar import day_month_and_year
from handlers.sandbox.client import Worker
from handlers.sandbox.protocol import SandboxReply
from handlers.scanning.eicar import eicar_bytes
from outbox.writing.letter_text import letter_plain_text
from tests import builders as build
from tests import told
from tests.board import Board
from tests.builders_mail import mail, zipped
from tests.flow.answering import Desk
from tests.servers.clamd import FOUND, LARGEST_MB, SIGNATURE, Clamd, running

GP = build.make_chronology(build.STORIES["GP"])
POLICE = build.make_chronology(build.STORIES["POL"])
AUTHOR, SERVICE = "author@meadowlane.example", "scr-returns@board.example"
HER, OPERATOR = "administrator@board.example", "it@board.example"
UNKNOWN = "somebody@elsewhere.example"
AT, LATER, NEXT_DAY = "2010-04-01T10:00", "2010-04-01T10:30", "2010-04-06T08:00"


def infected(docx: bytes) -> bytes:
    """A document that is good in all else, with the test virus among its parts."""
    out = io.BytesIO(docx)
    with zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED) as package:
        package.writestr("word/media/image9.bin", eicar_bytes())
    return out.getvalue()


VIRUS = infected(GP)


def guarded(board: Board, scanner: Clamd) -> Board:
    """A board whose settings name the scanner."""
    settings = board.folder / "scr-intake.toml"
    settings.write_text(settings.read_text() + scanner.settings)
    return board


@pytest.fixture
def board(loaded: Board, clamd: Clamd) -> Board:
    return guarded(loaded, clamd)


@contextmanager
def opened() -> Iterator[list[bytes]]:
    """What is opened in the confined worker meanwhile."""
    found, ask = list[bytes](), Worker.run_in_child

    def run(self: Worker, task: str, data: bytes, argument: object = None) -> SandboxReply:
        told = ask(self, task, data, argument)
        found.append(data)
        return told

    with patch.object(Worker, "run_in_child", run):
        yield found


def digest(board: Board) -> str:
    """Of the next day, in one line."""
    return " ".join(told.digest(board, NEXT_DAY).split())


def by_mail(content: bytes, sender: str = AUTHOR, body: str = "Attached.") -> bytes:
    return mail(sender, SERVICE, "N12", body, [("c.docx", content)])


def alerts(board: Board) -> list[str]:
    return [str(letter["Subject"]) for letter in board.sent(OPERATOR)]


def said(letter: EmailMessage) -> str:
    return " ".join(letter_plain_text(letter).split())


def entries(board: Board) -> list[tuple[str, str]]:
    """Whose each of the entries that wait is, and why it waits, as `show` says."""
    shown = (board.run("show", n).out.splitlines() for n in range(1, 9))
    firsts = [" ".join(lines[:1]) for lines in shown if lines and lines[0].startswith("Entry")]
    return [tuple(line.partition(": ")[2].rpartition(": ")[::2]) for line in firsts]  # type: ignore[misc]


def test_what_is_good_is_judged_as_it_was_before(board: Board) -> None:
    board.drop("GP", GP)
    board.mail(
        mail("author@shirepolice.example", SERVICE, "N12", "Attached.", [("c.docx", POLICE)])
    )
    assert board.once().status == 0
    states = [board.returns(code)["chronology"]["state"] for code in ("GP", "POL")]
    assert states == ["accepted", "accepted"]
    assert not alerts(board)


WAYS = {
    "dropped": lambda board: board.drop("GP", VIRUS),
    "dropped in a zip": lambda board: board.drop("GP", zipped([("c.docx", VIRUS)]), "all.zip"),
    "by mail": lambda board: board.mail(
        mail(AUTHOR, SERVICE, "N12", "Attached.", [("c.docx", VIRUS)])
    ),
    "beside a good one": lambda board: board.mail(
        mail(AUTHOR, SERVICE, "N12", "Both attached.", [("a.docx", GP), ("b.docx", VIRUS)])
    ),
}


@pytest.mark.parametrize("way", WAYS)
def test_what_it_finds_is_held_unopened_and_nobody_outside_is_told(way: str, board: Board) -> None:
    WAYS[way](board)
    with opened() as seen:
        assert board.once().status == 1
    assert [data for data in seen if eicar_bytes() in data or VIRUS in data] == []
    assert entries(board) == [
        ("N12, Meadow Lane Surgery", "something that was not opened, since it may be a virus.")
    ]
    assert board.status()["held"] == 1
    assert board.returns("GP")["chronology"]["state"] == "awaited"
    assert not board.sent(AUTHOR)


def test_the_operator_hears_once_and_once_more_when_it_is_settled(board: Board) -> None:
    board.drop("GP", VIRUS)
    board.once()
    board.once(LATER)
    (alert,) = board.sent(OPERATOR)
    assert "the virus scanner does not let something be opened" in alert["Subject"]
    assert FOUND in said(alert)
    assert "N12" not in said(alert)
    assert "Meadow Lane" not in said(alert)
    assert board.run("reject", 1, "--reason", "seen to", "--yes").status == 0
    board.once("2010-04-01T10:40")
    assert "no action needed" in alerts(board)[-1]
    assert len(alerts(board)) == 2


def test_the_administrator_is_asked_with_its_name_and_may_send_it_back(board: Board) -> None:
    """The letter that she causes says nothing of what was found."""
    board.drop("GP", VIRUS)
    board.once(AT)
    board.once(NEXT_DAY)
    asked = said([x for x in board.sent(HER) if x["X-SCR-Intake"] == "digest"][-1])
    assert f"which it calls {FOUND}" in asked
    assert "send me" not in asked
    assert "[send back: have it looked at, send it again]" in asked
    words = "please have it looked at where you work, and send it again"
    assert board.run("reject", 1, "--reason", "a virus", "--tell", words, "--yes").status == 0
    board.once("2010-04-06T12:00")
    (letter,) = board.sent(AUTHOR)
    assert words in said(letter)
    assert SIGNATURE not in letter.as_string()


def test_no_letter_to_an_agency_ever_has_its_name(board: Board) -> None:
    """The next one is about another return, and tells what came before."""
    board.drop("GP", VIRUS)
    board.drop("GP", build.with_cell(GP, 14, "Date", "31/06/2007"), "second.docx")
    board.once()
    board.once("2010-04-20T10:00")
    letters = board.sent(AUTHOR)
    assert letters
    assert [x for x in letters if SIGNATURE in x.as_string() or "virus" in said(x)] == []


def test_she_is_told_the_way_it_came_and_is_handed_nothing(board: Board) -> None:
    desk = Desk(board)
    board.drop("GP", VIRUS)
    board.once(AT)
    board.once(NEXT_DAY)
    desk.reply("1 details", "2010-04-06T09:00")
    assert "From drop folder, 1 April 10:00am, and taken away." in desk.answer()
    assert FOUND in desk.answer()
    desk.reply("1 send me", "2010-04-06T09:10")
    desk.press(desk.shown_link("send me, as it says here"), "2010-04-06T09:20")
    assert "it is not handed out" in desk.answer()
    assert not (board.folder / "for-administrator").exists()


def test_she_sends_it_back_by_its_link(board: Board) -> None:
    desk = Desk(board)
    board.drop("GP", VIRUS)
    board.once(AT)
    board.once(NEXT_DAY)
    desk.press(desk.link(1, "send back", "2010-04-06T08:30"), "2010-04-06T09:00")
    board.once("2010-04-06T12:00")
    (letter,) = board.sent(AUTHOR)
    assert "our safety check did not let us open this" in said(letter)
    assert SIGNATURE not in letter.as_string()


def plain_copies(board: Board) -> list[str]:
    """What lies in the share and is the virus, by the folders that it is in."""
    share = board.folder / "drop"
    files = (path for path in share.rglob("*") if path.is_file() and path.read_bytes() == VIRUS)
    return [str(path.relative_to(share)) for path in files]


def test_a_file_is_taken_out_of_the_share_and_kept_in_the_vault_alone(board: Board) -> None:
    board.drop("GP", VIRUS)
    board.drop("GP", GP, "good.docx")
    board.once(AT)
    assert plain_copies(board) == []
    assert (board.folder / "drop" / "GP" / "done" / "2010-04-01" / "good.docx").exists()
    assert board.run("audit", "verify", "--originals").status == 0
    shown = " ".join(board.run("held").out.split())
    assert "Meadow Lane Surgery" in shown


def test_where_all_is_left_it_is_left_and_taken_once(board: Board) -> None:
    settings = board.folder / "scr-intake.toml"
    settings.write_text(settings.read_text().replace('after = "move"', 'after = "leave"'))
    board.drop("GP", VIRUS)
    board.once(AT)
    board.once(LATER)
    assert plain_copies(board) == ["GP/chronology.docx"]
    assert board.status()["held"] == 1


def test_one_too_large_for_the_scanner_is_held_and_not_called_a_virus(board: Board) -> None:
    large = io.BytesIO(GP)
    with zipfile.ZipFile(large, "a") as package:
        package.writestr("word/media/image9.bin", bytes(LARGEST_MB << 20))
    board.drop("GP", large.getvalue())
    board.once()
    (entry,) = entries(board)
    assert entry[1] == "something that was not opened, since it was not looked through for viruses."
    assert "larger than what is given to the virus scanner" in said(board.sent(OPERATOR)[0])
    assert not board.sent(AUTHOR)


def test_a_strangers_virus_is_held_as_well_and_answered_to_nobody(board: Board) -> None:
    board.mail(mail(UNKNOWN, SERVICE, "invoice", "See attached.", [("c.docx", VIRUS)]))
    board.once()
    assert board.status()["held"] == 1
    assert not board.sent(UNKNOWN)
    assert len(alerts(board)) == 1


def test_a_mail_in_her_name_is_not_obeyed_where_it_has_a_virus(board: Board) -> None:
    board.drop("GP", build.with_cell(GP, 14, "Date", "around Easter"))
    board.once(AT)
    board.once(NEXT_DAY)
    last = [x for x in board.sent(HER) if x["X-SCR-Intake"] == "digest"][-1]
    headers = {"in_reply_to": str(last["Message-ID"]).strip()}
    subject, papers = f"Re: {last['Subject']}", [("c.docx", VIRUS)]
    answer = mail(HER, SERVICE, subject, "1 details", papers, **headers)
    board.mail(answer)
    before = len(board.sent(HER))
    board.once("2010-04-06T09:00")
    assert len(board.sent(HER)) == before
    assert board.status(at="2010-04-06T09:00")["held"] == 1


def test_judged_again_it_is_still_refused_and_judged_once_the_scanner_lets_it(
    loaded: Board,
) -> None:
    """A false alarm, mended by the signatures of another day."""
    harmless = b"a picture that is like no virus"
    out = io.BytesIO(GP)
    with zipfile.ZipFile(out, "a") as package:
        package.writestr("word/media/image9.bin", harmless)
    again = ("assign", 1, "--reason", "judge it once more", "--yes")
    with running(knows=harmless) as alarmed, running() as mended:
        guarded(loaded, alarmed).drop("GP", out.getvalue())
        loaded.once()
        refused = loaded.run(*again)
        assert refused.status == 1
        assert "The virus scanner still does not let entry 1 be opened." in refused.err
        settings = loaded.folder / "scr-intake.toml"
        other = settings.read_text().replace(str(alarmed.socket), str(mended.socket))
        settings.write_text(other)
        assert loaded.run(*again).status == 0
        assert loaded.returns("GP")["chronology"]["state"] == "accepted"


def test_the_same_bytes_are_judged_once_they_may_be_opened(loaded: Board, clamd: Clamd) -> None:
    """What was never judged is no document that came before."""
    settings = (loaded.folder / "scr-intake.toml").read_text()
    guarded(loaded, clamd)
    loaded.drop("GP", VIRUS)
    loaded.once()
    (loaded.folder / "scr-intake.toml").write_text(settings)  # the scanner is taken out
    loaded.drop("GP", VIRUS, "again.docx")
    loaded.once(LATER)
    assert loaded.returns("GP")["chronology"]["state"] == "accepted"


@pytest.fixture
def own(loaded: Board) -> Iterator[tuple[Board, Clamd]]:
    with running() as scanner:
        yield guarded(loaded, scanner), scanner


def test_while_it_is_down_all_waits_unopened_and_goes_on_by_itself(
    own: tuple[Board, Clamd],
) -> None:
    board, scanner = own
    scanner.stop()
    board.drop("GP", GP)
    board.mail(
        mail("author@shirepolice.example", SERVICE, "N12", "Attached.", [("c.docx", POLICE)])
    )
    board.mail(by_mail(GP, UNKNOWN, "About N12."))
    with opened() as seen:
        ended = board.once(AT)
        board.once("2010-04-01T10:10")
        board.once("2010-04-01T10:20")
        board.once("2010-04-01T10:40")
    assert seen == []
    assert ended.status == 1
    assert "Taken in: 2." in ended.out  # who is not registered waits where they wrote to
    assert "The virus scanner is not there" in ended.err
    assert alerts(board) == [
        "OFFICIAL-SENSITIVE: scr-intake: action needed - the virus scanner cannot be relied on, and"
        " no document is opened"
    ]
    assert board.returns("GP")["chronology"]["state"] == "awaited"
    assert not board.sent(AUTHOR)
    scanner.start()
    board.once("2010-04-01T11:00")
    states = [board.returns(code)["chronology"]["state"] for code in ("GP", "POL")]
    assert states == ["accepted", "accepted"]
    assert len(board.answers(AUTHOR)) == 1
    assert "is well, and documents are opened again" in alerts(board)[-1]
    assert len(alerts(board)) == 2


def test_no_try_of_anything_is_used_up_while_it_is_down(own: tuple[Board, Clamd]) -> None:
    board, scanner = own
    scanner.stop()
    board.drop("GP", GP)
    for minute in range(6):
        board.once(f"2010-04-01T10:0{minute}")
    scanner.start()
    board.once("2010-04-01T11:00")
    assert board.returns("GP")["chronology"]["state"] == "accepted"


def test_nobody_is_chased_for_what_may_lie_there_unopened(own: tuple[Board, Clamd]) -> None:
    board, scanner = own
    scanner.stop()
    board.drop("GP", GP)
    board.once("2010-04-14T10:00")
    board.once("2010-04-20T10:00")  # it was due on the 16th
    assert not board.sent(AUTHOR)


def test_what_waits_is_told_by_health_doctor_and_the_digest(own: tuple[Board, Clamd]) -> None:
    board, scanner = own
    assert "virus scanner: None is set up" not in board.run("status", "--health").out
    scanner.stop()
    board.once(AT)
    health = board.run("status", "--health", at=LATER)
    assert health.status == 1
    assert "DEGRADED  virus scanner, since 10:00am on Thursday 1 April 2010" in health.out
    assert "WRONG  The virus scanner is not there" in board.run("doctor").out
    asked = digest(board)
    assert "The virus scanner is not there" in asked
    assert "Nothing that comes in is opened since 10:00 on Thursday 1 April." in asked


def test_doctor_says_of_which_day_the_signatures_are(board: Board, clamd: Clamd) -> None:
    said = board.run("doctor").out
    assert f"signatures are of {day_month_and_year(clamd.made.date())}." in said
    assert "AlertExceedsMax" not in said
    settings = board.folder / "scr-intake.toml"
    settings.write_text(settings.read_text().replace("largest_mb = 2", "largest_mb = 30"))
    said = board.run("doctor").out
    assert "WRONG  The virus scanner did not find the test virus at the end of 30 MB" in said
    assert "StreamMaxLength" in said


def test_old_signatures_stop_it_as_well(loaded: Board) -> None:
    with running(made=datetime.now(UTC) - timedelta(days=30)) as scanner:
        guarded(loaded, scanner).drop("GP", GP)
        ended = loaded.once()
    assert "30 days old; 7 are allowed." in " ".join(ended.err.split())
    assert loaded.returns("GP")["chronology"]["state"] == "awaited"


def test_a_board_without_one_says_so_each_day(loaded: Board) -> None:
    loaded.drop("GP", GP)
    assert loaded.once().status == 0
    none = "No virus scanner is set up: what comes in is not looked through for viruses."
    assert none in digest(loaded)
    assert none in loaded.run("doctor").out
    assert "well      virus scanner: None is set up" in loaded.run("status", "--health").out


@pytest.mark.parametrize(
    "address", ["clamd.ctl", "scanner.example:3310", "10.0.0.1:3310", "127.0.0.1", "127.0.0.1:0"]
)
def test_one_on_another_machine_is_refused(address: str, loaded: Board) -> None:
    settings = loaded.folder / "scr-intake.toml"
    settings.write_text(settings.read_text() + f'\n[scanner]\nclamd = "{address}"\n')
    ended = loaded.once()
    assert ended.status == 2
    assert "scanner, clamd" in ended.err or "scanner.clamd" in ended.err
