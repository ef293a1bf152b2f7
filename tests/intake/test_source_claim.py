"""A mailbox has one register: a second one is refused and told whose it is (failure mode 117)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from pathlib import Path
from uuid import uuid4

import pytest

from intake.imap.claim import CLAIM_FOLDER
from intake.keys import Keys
from intake.maildir import Maildir, make_maildir
from intake.source import Source, SourceUnavailable
from intake.source_claim import (
    CLAIM_FILE,
    SourceClaim,
    SourceClaimedElsewhere,
    register_claim,
)
from tests.intake.mail_stand import MailStand
from tests.servers.dovecot import Dovecot

MESSAGE = b"Subject: one\r\n\r\none\r\n"
OURS = SourceClaim("a" * 64, "Shire Board, /var/lib/scr-intake/register.db on intake")
THEIRS = SourceClaim("b" * 64, "Shire Board, /home/test/register.db on laptop")

Open = Callable[[SourceClaim], Source]


@pytest.fixture
def stand(dovecot: Dovecot, keys: Keys) -> Iterator[MailStand]:
    with closing(MailStand(dovecot, uuid4().hex, keys)) as made:
        made.put(MESSAGE)
        yield made


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    make_maildir(tmp_path / "mail")
    (tmp_path / "mail" / "new" / "1.test").write_bytes(MESSAGE)
    return tmp_path / "mail"


@pytest.fixture(params=["imap", "maildir"])
def opened(request: pytest.FixtureRequest) -> Iterator[Open]:
    """Opens the same mailbox as a register does whose claim it is."""
    with ExitStack() as held:
        if request.param == "imap":
            stand: MailStand = request.getfixturevalue("stand")
            yield lambda claim: stand.opened(claim)
            return
        folder: Path = request.getfixturevalue("folder")
        last: list[ExitStack] = []

        def open_maildir(claim: SourceClaim) -> Source:
            for before in last:
                before.close()
            last.append(held.enter_context(ExitStack()))
            return Maildir("mail-1", folder, lambda data: data.hex(), claim)

        yield open_maildir


def test_the_register_that_works_a_mailbox_may_come_back(opened: Open) -> None:
    assert len(list(opened(OURS).list_offers())) == 1


def test_a_second_register_takes_nothing_and_is_told_whose_it_is(opened: Open) -> None:
    assert len(list(opened(OURS).list_offers())) == 1
    with pytest.raises(SourceClaimedElsewhere) as refused:
        list(opened(THEIRS).list_offers())
    assert "/var/lib/scr-intake/register.db on intake" in refused.value.sentence
    assert "delete the" in refused.value.fix


def test_a_claim_of_imap_is_a_message_that_says_what_it_is_for(stand: MailStand) -> None:
    list(stand.opened(OURS).list_offers())
    list(stand.opened(OURS).list_offers())
    (message,) = stand.lying_in(CLAIM_FOLDER)
    assert b"Leave it here." in message
    assert OURS.says.encode() in message
    assert stand.lying_in("INBOX") == [MESSAGE], "nothing is put among the mail"


def test_the_first_of_two_that_claim_at_once_has_it(stand: MailStand) -> None:
    """Both found nothing and wrote: messages are numbered as they came."""
    list(stand.opened(OURS).list_offers())
    text = stand.lying_in(CLAIM_FOLDER)[0].replace(OURS.mark.encode(), THEIRS.mark.encode())
    stand.put(text, folder=CLAIM_FOLDER)
    assert len(list(stand.opened(OURS).list_offers())) == 1
    with pytest.raises(SourceClaimedElsewhere):
        list(stand.opened(THEIRS).list_offers())


def test_a_mailbox_whose_claim_was_deleted_is_free(stand: MailStand) -> None:
    list(stand.opened(OURS).list_offers())
    with stand.selected(CLAIM_FOLDER) as client:
        client.delete_messages(client.search())
        client.expunge()
    assert len(list(stand.opened(THEIRS).list_offers())) == 1


def test_a_maildir_is_locked_for_a_copy_of_the_same_register(folder: Path) -> None:
    """A copied register has the same keys, so only that the other one runs tells them apart."""
    ours = Maildir("mail-1", folder, lambda data: data.hex(), OURS)
    copied = Maildir("mail-1", folder, lambda data: data.hex(), OURS)
    with ours.claimed_exclusively(), pytest.raises(SourceClaimedElsewhere):
        list(copied.list_offers())
    assert len(list(copied.list_offers())) == 1


def test_a_maildir_whose_claim_file_is_a_link_is_not_written(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").write_text("theirs")
    (folder / CLAIM_FILE).symlink_to(tmp_path / "elsewhere")
    with pytest.raises(SourceUnavailable):
        list(Maildir("mail-1", folder, lambda data: data.hex(), OURS).list_offers())
    assert (tmp_path / "elsewhere").read_text() == "theirs"


def test_a_claim_names_board_register_and_machine_in_one_line() -> None:
    claim = register_claim(lambda data: "m" * 64, "A\nBoard", Path("/r.db"), "host")
    assert claim.line == f"{'m' * 64} A Board, /r.db on host"
    assert SourceClaim.from_line(claim.line + "\n") == claim
    assert SourceClaim.from_line(" \n") is None
