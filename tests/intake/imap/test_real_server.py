"""A mailbox on a real Dovecot: what other people and the server do to it while we watch."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from uuid import uuid4

import pytest

from config.mailbox_settings import FilingSettings
from intake.imap.errors import (
    CertificateNotTrusted,
    LoginRejected,
    NoSuchFolder,
    NoSuchHost,
    ServerNotListening,
    TlsNotOffered,
)
from intake.keys import Keys
from intake.source import ItemVanished, Outcome, SourceOffer, SourceUnavailable
from tests.intake.mail_stand import MailStand
from tests.servers.certificates import Certificates
from tests.servers.dovecot import Dovecot, renumber, running
from tests.servers.ports import free_ports
from tests.servers.scripted_imap import running as scripted

PATIENCE = 30.0
ONE, OTHER = b"Subject: one\r\n\r\none\r\n", b"Subject: other\r\n\r\nother\r\n"


def until(seen: Callable[[], bool]) -> None:
    deadline = time.monotonic() + PATIENCE
    while not seen():
        assert time.monotonic() < deadline
        time.sleep(0.02)


@pytest.fixture
def stand(dovecot: Dovecot, keys: Keys) -> Iterator[MailStand]:
    with closing(MailStand(dovecot, uuid4().hex, keys)) as made:
        yield made


@pytest.fixture(scope="module")
def own() -> Iterator[Dovecot]:
    """A server that may be stopped."""
    with running() as server:
        yield server


class TestAnotherClient:
    """The administrator's mail program, at work in the same mailbox."""

    def test_deletes_a_message_between_offer_and_reading(self, stand: MailStand) -> None:
        """Failure mode 8."""
        message = stand.put(ONE)
        stand.put(OTHER)
        gone, there = stand.offers()
        message.unlink()
        with pytest.raises(ItemVanished):
            stand.source.read_content(gone)
        assert stand.source.read_content(there) == OTHER

    def test_moves_a_message_before_it_is_put_away(self, stand: MailStand) -> None:
        """Failure mode 8: a move of what is not there says OK."""
        stand.put(ONE)
        (offer,) = stand.offers()
        with stand.selected() as client:
            client.create_folder("Mine")
            client.move(client.search(), "Mine")
        stand.release(offer, ONE)
        assert stand.lying_in("Mine") == [ONE]
        assert stand.aside() == []

    def test_marks_a_message_as_deleted(self, stand: MailStand) -> None:
        """As programs do that keep what is deleted until the folder is closed."""
        stand.put(ONE)
        with stand.selected() as client:
            client.delete_messages(client.search())
        assert stand.offers() == []

    def test_reads_and_flags_a_message(self, stand: MailStand) -> None:
        """Failure mode 12; and its flags go where it goes."""
        stand.put(ONE)
        (offer,) = stand.offers()
        with stand.selected() as client:
            client.add_flags(client.search(), [b"\\Seen", b"\\Flagged"])
        assert stand.source.read_content(offer) == ONE
        stand.release(offer, ONE)
        with stand.selected("SCR accepted") as client:
            (flags,) = client.get_flags(client.search()).values()
        assert {b"\\Seen", b"\\Flagged"} <= set(flags)

    def test_takes_the_folder_for_the_dealt_with_away(self, stand: MailStand) -> None:
        stand.put(ONE)
        (offer,) = stand.offers()
        with stand.selected() as client:
            client.delete_folder("SCR accepted")
        stand.release(offer, ONE)
        assert stand.aside() == [ONE]

    def test_takes_a_watched_folder_away(self, dovecot: Dovecot, keys: Keys) -> None:
        """The others are offered all the same, and it is told that one is not there."""
        user = uuid4().hex
        with closing(MailStand(dovecot, user, keys, folders=("Gone", "INBOX"))) as stand:
            stand.put(ONE)
            found: list[SourceOffer] = []
            with pytest.raises(NoSuchFolder):
                found.extend(stand.source.list_offers())
            offers = stand.source.list_offers()
            assert stand.source.read_content(next(iter(offers))) == ONE
            with stand.selected() as client:
                client.create_folder("Gone")
            assert stand.read() == [ONE]


@pytest.mark.parametrize("outcome", ["accepted", "rejected", "held", "not ours"])
def test_what_was_unread_stays_unread(stand: MailStand, outcome: Outcome) -> None:
    """Failure mode 7."""
    message = stand.put(ONE)
    (offer,) = stand.offers()
    stand.source.read_content(offer)
    assert message.read_bytes() == ONE  # and its flags are looked at
    stand.release(offer, ONE, outcome)
    for folder in ("INBOX", *stand.after.target_folders):
        with stand.selected(folder) as client:
            flags = client.get_flags(client.search()).values()
            assert all(b"\\Seen" not in each for each in flags)


@pytest.mark.parametrize(
    ("outcome", "folder"),
    [
        ("accepted", "SCR accepted"),
        ("rejected", "SCR needs changes"),
        ("referred", "SCR for a person"),
        ("set aside", "SCR for a person"),
        ("held", "SCR held"),
        ("automatic", "SCR automatic"),
        ("duplicate", "SCR same again"),
        ("not ours", "INBOX"),
    ],
)
def test_each_outcome_has_its_folder_and_what_is_not_ours_stays(
    stand: MailStand, outcome: Outcome, folder: str
) -> None:
    stand.put(ONE)
    (offer,) = stand.offers()
    stand.release(offer, ONE, outcome)
    assert stand.lying_in(folder) == [ONE]
    assert (stand.offers() == []) == (folder != "INBOX")


def test_folders_are_called_as_the_settings_say_also_beyond_ascii_and_inside_others(
    dovecot: Dovecot, keys: Keys
) -> None:
    """People write "/" between folders; this server has "."."""
    watched = ("Berichte für Übersicht", "Zurück/Neu & alt")
    after = FilingSettings(accepted="Erledigt/Angenommen – gut")
    with closing(MailStand(dovecot, uuid4().hex, keys, watched, after)) as stand:
        with dovecot.client(stand.user) as client:
            for folder in watched:
                client.create_folder(folder.replace("/", "."))
        stand.put(ONE, folder=watched[0])
        stand.put(OTHER, folder=watched[1].replace("/", "."))
        one, other = stand.offers()
        assert (stand.source.read_content(one), stand.source.read_content(other)) == (ONE, OTHER)
        stand.release(one, ONE)
        stand.release(other, OTHER)
        assert stand.lying_in(after.accepted.replace("/", ".")) == sorted([ONE, OTHER])
        assert stand.offers() == []


def test_a_message_that_is_left_is_marked_when_that_is_asked(dovecot: Dovecot, keys: Keys) -> None:
    after = FilingSettings(mode="flag")
    with closing(MailStand(dovecot, uuid4().hex, keys, after=after)) as stand:
        stand.put(ONE)
        (offer,) = stand.offers()
        stand.release(offer, ONE, "rejected")
        with stand.selected() as client:
            (flags,) = client.get_flags(client.search()).values()
            assert b"SCR-needs-changes" in flags
            assert b"\\Seen" not in flags
            folders = [name for _, _, name in client.list_folders()]
        assert not [name for name in folders if name.startswith("SCR")]
        assert stand.offers() == [offer]  # the spool knows it


WITHOUT = "protocol imap {{\n imap_capability = {}\n}}\n"


@pytest.mark.parametrize(
    ("capabilities", "aside"),
    [
        ("IMAP4rev1 IDLE UIDPLUS NAMESPACE", [ONE]),  # no MOVE: COPY, and UID EXPUNGE of that one
        ("IMAP4rev1 IDLE NAMESPACE", []),  # nor UIDPLUS: left, as EXPUNGE takes others with it
        ("IMAP4rev1 MOVE", [ONE]),  # no IDLE, and nobody says how folders are called
    ],
    ids=["no MOVE", "no MOVE, no UIDPLUS", "no IDLE, no NAMESPACE"],
)
def test_a_server_that_can_do_less(
    own: Dovecot, keys: Keys, capabilities: str, aside: list[bytes]
) -> None:
    """Failure mode 9."""
    own.configure(WITHOUT.format(capabilities))
    own.restart()
    with closing(MailStand(own, uuid4().hex, keys)) as stand:
        stand.source.attach_to_service(lambda: None, threading.Event())
        stand.put(ONE)
        stand.put(OTHER)
        with stand.selected() as client:  # what another program has marked stays its own affair
            client.delete_messages(client.search()[-1:])
        (offer,) = stand.offers()
        assert stand.source.read_content(offer) == ONE
        stand.release(offer, ONE)
        assert stand.aside() == aside
        assert stand.lying_in("INBOX") == sorted([OTHER, *([ONE] if not aside else [])])


def test_the_server_starts_again_while_it_is_listened_to(
    own: Dovecot, keys: Keys, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Failure modes 1 and 4: what came meanwhile is told as soon as it is back."""
    monkeypatch.setattr("intake.imap.connection_thread.FIRST_WAIT_SECONDS", 0.01)
    own.configure("")
    own.restart()
    heard = threading.Event()
    with closing(MailStand(own, uuid4().hex, keys)) as stand:
        assert stand.offers() == []
        stand.source.attach_to_service(heard.set, threading.Event())
        until(lambda: own.listens(stand.user))
        own.stop()
        until(lambda: not offers_something(stand))
        with pytest.raises(SourceUnavailable):
            stand.offers()
        assert stand.source.is_progressing()
        heard.clear()
        own.start()
        own.deliver(stand.user, ONE)
        assert heard.wait(PATIENCE)
        until(lambda: offers_something(stand))


def offers_something(stand: MailStand) -> bool:
    return bool(stand.offers_or_none())


def test_new_mail_is_heard_of_while_nobody_looks(dovecot: Dovecot, stand: MailStand) -> None:
    heard = threading.Event()
    stand.offers()
    stand.source.attach_to_service(heard.set, threading.Event())
    until(lambda: dovecot.listens(stand.user))
    heard.clear()
    dovecot.deliver(stand.user, ONE)
    assert heard.wait(PATIENCE)


def test_a_folder_numbered_anew_offers_everything_under_other_places(
    dovecot: Dovecot, stand: MailStand
) -> None:
    """Failure mode 6: the old places are worth nothing, whatever lies at their numbers now."""
    stand.put(ONE)
    (old,) = stand.offers()
    renumber(dovecot, stand.user)
    stand.put(OTHER)
    until(lambda: offers_something(stand))  # the server may have hung up for it
    (new,) = stand.offers()
    assert new.place != old.place
    assert stand.source.read_content(new) == OTHER
    with pytest.raises(ItemVanished):
        stand.source.read_content(old)
    stand.release(old, ONE)
    assert stand.lying_in("INBOX") == [OTHER]


def test_a_hundred_are_each_offered_once(dovecot: Dovecot, stand: MailStand) -> None:
    with dovecot.client(stand.user) as client:
        for n in range(100):
            client.append("INBOX", b"Subject: %d\r\n\r\n%d\r\n" % (n, n))
    offers = stand.offers()
    assert len({offer.place for offer in offers}) == 100
    assert stand.source.read_content(offers[-1]) == b"Subject: 99\r\n\r\n99\r\n"


class TestAway:
    """Why a mailbox is not there, in words by which a person can mend it."""

    def why(self, stand: MailStand) -> SourceUnavailable:
        with pytest.raises(SourceUnavailable) as told:
            stand.offers()
        return told.value

    def test_a_certificate_of_another_authority(
        self, dovecot: Dovecot, keys: Keys, tmp_path: Path
    ) -> None:
        """Failure mode 79: nothing is said to such a server, least of all the password."""
        other = Certificates.made_in(tmp_path / "other")
        with closing(MailStand(dovecot, "u", keys, ca_file=other.ca)) as stand:
            assert isinstance(self.why(stand), CertificateNotTrusted)

    def test_a_certificate_for_another_name(self, dovecot: Dovecot, keys: Keys) -> None:
        with closing(MailStand(dovecot, "u", keys, host="ip6-localhost.localdomain")) as stand:
            assert isinstance(self.why(stand), CertificateNotTrusted | NoSuchHost)

    def test_a_wrong_password(self, dovecot: Dovecot, keys: Keys) -> None:
        with closing(MailStand(dovecot, "u", keys, password="wrong")) as stand:
            assert isinstance(self.why(stand), LoginRejected)

    def test_nobody_listens(self, dovecot: Dovecot, keys: Keys) -> None:
        (port,) = free_ports(1)
        with closing(MailStand(dovecot, "u", keys, port=port)) as stand:
            assert isinstance(self.why(stand), ServerNotListening)

    def test_a_port_without_tls(self, dovecot: Dovecot, keys: Keys) -> None:
        with closing(MailStand(dovecot, "u", keys, port=dovecot.imap)) as stand:
            assert isinstance(self.why(stand), TlsNotOffered)


def test_starttls_is_as_good(dovecot: Dovecot, keys: Keys) -> None:
    with closing(MailStand(dovecot, uuid4().hex, keys, port=dovecot.imap, tls="starttls")) as stand:
        stand.put(ONE)
        assert stand.read() == [ONE]


def test_a_server_that_offers_no_starttls_is_not_signed_in_to(tmp_path: Path, keys: Keys) -> None:
    with scripted(tmp_path, tls=False) as server:
        with (
            closing(MailStand(server, "u", keys, tls="starttls")) as stand,
            pytest.raises(TlsNotOffered),
        ):
            stand.offers()
        assert "LOGIN" not in server.words
