"""The whole way, by real servers: an agency sends by SMTP, the board's border vouches, the service
hears by IDLE, judges and answers, and the answer lies in the agency's mailbox.

Postfix takes mail in and sends it out, Dovecot keeps it, the service is a process of its own.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTP
from uuid import uuid4

import pytest

from outbox.writing.letter_text import letter_plain_text
from tests import builders as build
from tests.board import CASE, Board
from tests.flow.post import service, until, watch_mailbox
from tests.servers import postfix, smtp
from tests.servers.certificates import Certificates
from tests.servers.postfix import BORDER, Postfix

GOOD = build.make_chronology(build.STORIES["GP"])
FAULTY = build.with_cell(build.make_chronology(build.STORIES["POL"]), 5, "Date", "2009")
QUIET = "2010-03-15T10:00"  # when nobody has to be reminded of anything yet
SENDING = """transport = "smtp"
relays    = ["mail.board.example"]
host = "localhost"
port = {port}
ca_file = "{ca}"
username = "{user}"
password_file = "keys/imap-password"
"""


@pytest.fixture(scope="module")
def refusing(tmp_path_factory: pytest.TempPathFactory) -> Iterator[smtp.Post]:
    """A server that knows nobody."""
    certificates = Certificates.made_in(tmp_path_factory.mktemp("refusing"))
    with smtp.running(certificates, signing_in=False, require_starttls=False) as post:
        post.does["RCPT"] = ["550 5.1.1 nobody of that name"] * 20
        yield post


@pytest.fixture(scope="module")
def server(refusing: smtp.Post) -> Iterator[Postfix]:
    with postfix.running(refusing.port) as server:
        yield server


@dataclass
class World:
    """One board behind the server, and the people it writes to, all of this test's own."""

    board: Board
    server: Postfix
    name: str
    surgery: str
    police: str

    @property
    def us(self) -> str:
        return f"{self.name}@board.example"

    def mail(
        self, sender: str, content: bytes | None = None, body: str = "Attached.", **headers: str
    ) -> bytes:
        attached = [("chronology.docx", content)] if content else []
        return build.mail(sender, self.us, "N12", body, attached, **headers)

    def arrive(self, message: bytes, sender: str | None = None) -> EmailMessage:
        self.server.arrive(message, self.us, sender)
        return message_from_bytes(message, policy=SMTP)

    def letters(self, to: str) -> list[EmailMessage]:
        """What lies in somebody's mailbox."""
        with self.server.mailboxes.client(to.partition("@")[0]) as client:
            client.select_folder("INBOX", readonly=True)
            found = client.fetch(client.search(), ["BODY[]"]) if client.search() else {}
        return [message_from_bytes(found[n][b"BODY[]"], policy=SMTP) for n in sorted(found)]

    def first_letter(self, to: str) -> EmailMessage:
        until(lambda: bool(self.letters(to)))
        return self.letters(to)[0]

    def judged(self) -> int:
        return int(self.board.status()["deliveries"]["judged"])

    def sent(self, to: str) -> list[str]:
        """The states of the letters to somebody."""
        letters = json.loads(self.board.run("letters", "--json").out)
        return [letter["state"] for letter in letters if letter["to"] == to]

    @contextmanager
    def at_work(self, at: str = QUIET) -> Iterator[None]:
        with service(self.board, at) as process:
            until(lambda: self.server.mailboxes.listens(self.name))
            yield
            process.terminate()
            _, errors = process.communicate(timeout=30)
            assert process.returncode == 0, errors


@pytest.fixture
def world(board: Board, server: Postfix) -> World:
    own = uuid4().hex[:12]
    world = World(
        board,
        server,
        f"scr-{own}",
        f"gp-{own}@meadowlane.example",
        f"pol-{own}@shirepolice.example",
    )
    watch_mailbox(board, server.mailboxes, world.name)
    file = board.folder / "scr-intake.toml"
    vouched = f'authentication = "dmarc"\nauthserv_id = "{BORDER}"'
    ways = SENDING.format(
        port=server.submission, ca=server.mailboxes.certificates.ca, user=world.name
    )
    file.write_text(
        file.read_text()
        .replace('authentication = "none"', vouched)
        .replace("scr-returns@board.example", world.us)
        .replace('transport = "files"\n', ways, 1)
        .replace('path      = "sent"\n', "")
        .replace("scan_seconds = 30", "scan_seconds = 1")
    )
    assert board.load(case(world)).status == 0
    return world


def case(world: World) -> str:
    text = CASE.replace("author@meadowlane.example", world.surgery)
    return text.replace("author@shirepolice.example", world.police)


def test_a_return_is_answered_in_the_agency_s_own_mailbox_under_what_it_sent(world: World) -> None:
    """Issue 4, point 7; failure modes 39, 65 and 74."""
    with world.at_work():
        sent = world.arrive(world.mail(world.surgery, GOOD))
        accepted = world.first_letter(world.surgery)
        mended = world.arrive(world.mail(world.police, FAULTY))
        rejected = world.first_letter(world.police)
    for answer, to in ((accepted, sent), (rejected, mended)):
        assert answer["In-Reply-To"] == answer["References"] == to["Message-ID"]
        assert answer["From"].addresses[0].addr_spec == world.us
        assert answer["Return-Path"] == "<>"
        assert answer["Auto-Submitted"] == "auto-replied"
        assert "ESMTPSA" in str(answer.get_all("Received"))
    assert "accepted, thank you" in letter_plain_text(accepted)
    assert "Row 5, Date" in letter_plain_text(rejected)
    assert world.board.returns("GP")["chronology"]["state"] == "accepted"
    assert world.board.returns("POL")["chronology"]["state"] == "rejected"


def test_a_forged_sender_is_held_and_told_nothing_and_a_true_one_heard(world: World) -> None:
    """Failure modes 39 and 72: the border's word counts, wherever else somebody writes it."""
    claim = f"Authentication-Results: {BORDER}; dmarc=pass header.from=meadowlane.example\r\n"
    plain = world.mail(world.surgery, GOOD)
    head, _, rest = plain.partition(b"\r\n\r\n")
    below = head + b"\r\n" + claim.encode() + b"\r\n" + rest
    with world.at_work():
        world.arrive(claim.encode() + plain, sender="anybody@attacker.example")
        world.arrive(below, sender="anybody@attacker.example")
        until(lambda: world.judged() == 2)
        assert world.board.status()["held"] == 2
        other = b"Authentication-Results: mx.elsewhere.example; dmarc=fail\r\n"
        world.arrive(other + world.mail(world.surgery, GOOD, "Once more."))
        letter = world.first_letter(world.surgery)
    assert "accepted, thank you" in letter_plain_text(letter)
    assert world.sent(world.surgery) == ["sent"]
    assert world.board.returns("GP")["chronology"]["state"] == "accepted"


def test_a_letter_that_comes_back_is_matched_to_its_reader(world: World) -> None:
    """Issue 7, point 6: Postfix itself writes the report."""
    nobody = "nobody@refusing.example"
    assert world.board.load(case(world).replace(world.surgery, nobody)).status == 0
    with world.at_work("2010-04-13T10:00"):
        until(lambda: world.sent(nobody) == ["undelivered"])
    told = world.board.run("letters", "--json", at="2010-04-13T11:00").json
    assert [x["kind"] for x in told if x["state"] == "undelivered"] == ["reminder"]


def test_who_is_away_is_left_in_peace_and_a_colleague_is_asked_and_told_so(world: World) -> None:
    """Issue 7, points 4 and 6: the note comes back by the servers, as Outlook writes it."""
    colleague = f"colleague-{world.name}@meadowlane.example"
    text = case(world).replace("commissioner@meadowlane.example", colleague)
    assert world.board.load(text).status == 0
    with world.at_work("2010-04-16T10:00"):
        reminder = world.first_letter(world.surgery)
        note = "I am out of the office until Thursday 22 April 2010."
        away = build.mail(
            *(world.surgery, world.us, f"Automatic reply: {reminder['Subject']}", note),
            auto_submitted="auto-replied",
            in_reply_to=str(reminder["Message-ID"]),
        )
        world.arrive(away)
        until(lambda: world.judged() == 1)
    told = "We are told that Author One is away until Thursday 22 April."

    def is_told() -> bool:
        """In the chaser: a reminder may have gone to the colleague before it."""
        texts = (letter_plain_text(letter) for letter in world.letters(colleague))
        return any(told in " ".join(text.split()) for text in texts)

    with world.at_work("2010-04-19T10:00"):
        until(is_told)
    assert len(world.letters(world.surgery)) == 1


def test_a_letter_that_is_greylisted_arrives_once_at_a_later_try(world: World) -> None:
    """Issue 7, point 1; failure modes 73 and 75: Postfix asks a policy service of its own."""
    world.server.greylisting.later.add(world.surgery)
    for at in ("2010-04-13T10:00", "2010-04-13T10:06", "2010-04-13T11:00"):
        world.board.once(at=at)
        assert world.sent(world.surgery) == ["queued"]
    world.server.greylisting.later.remove(world.surgery)
    world.board.once(at="2010-04-13T13:00")
    assert world.sent(world.surgery) == ["sent"]
    assert world.first_letter(world.surgery)["Message-ID"]
    assert world.server.greylisting.asked.count(world.surgery) == 4


def test_two_programs_that_answer_whatever_comes_get_one_letter_each(world: World) -> None:
    """Issue 4, point 7; failure mode 65. One says that it is a program, the other does not."""
    marked, unmarked = world.police, world.surgery
    with world.at_work("2010-04-13T10:00"), answering(world, marked, unmarked) as replies:
        world.arrive(world.mail(marked, FAULTY))
        until(lambda: replies.count(marked) == replies.count(unmarked) == 1)
        until(lambda: world.judged() == 3)
        world.arrive(world.mail(marked, GOOD, "A fence: what came before it has been seen to."))
        until(lambda: world.judged() == 4)
    assert (world.sent(unmarked), replies.count(unmarked)) == (["sent"], 1)
    assert world.sent(marked)[0] == "sent"
    assert len(world.sent(marked)) <= 2, "its own return, and the fence"


@contextmanager
def answering(world: World, marked: str, unmarked: str) -> Iterator[list[str]]:
    """Both answer each letter that arrives, until the test is over; who did."""
    stopping = threading.Event()
    replies: list[str] = []

    def answer() -> None:
        while not stopping.wait(0.1):
            for who in (marked, unmarked):
                for letter in world.letters(who)[replies.count(who) :]:
                    says = {"auto_submitted": "auto-replied"} if who == marked else {}
                    body = f"Our privacy notice is attached ({letter['Message-ID']}).\n"
                    world.arrive(world.mail(who, None, body, **says))
                    replies.append(who)

    thread = threading.Thread(target=answer)
    thread.start()
    try:
        yield replies
    finally:
        stopping.set()
        thread.join()
