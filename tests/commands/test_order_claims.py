"""Whose mails count as answers to a digest: what proves them, and what speaks against them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from commands.composition.app import Application, open_application
from commands.global_options import GlobalOptions
from commands.mail_orders.doing import OrderedBy, do_order
from commands.mail_orders.order_claims import doubt_of_claim, officers, read_claim
from handlers.orders.order import Order
from intake.source import DeliveryForm
from intake.spool import Delivery
from outbox.orders.kept_asks import KeptAsks
from tests import builders as build
from tests.board import Board
from tests.builders_mail import mail

HER, SERVICE = "administrator@board.example", "scr-returns@board.example"
AT = datetime(2010, 4, 6, 9, 10, tzinfo=UTC)
WATCHED = """
[[mailbox]]
kind           = "imap"
host           = "localhost"
username       = "scr-returns@board.example"
password_file  = "keys/imap-password"
authentication = "dmarc"
authserv_id    = "mx.board.example"
"""
PROVEN = "mx.board.example; dmarc=pass header.from=board.example"
DELIVERY = Delivery(0, "mail-1", DeliveryForm.MESSAGE, "", None, None, "", AT, "spooled", 0)


@pytest.fixture
def app(loaded: Board) -> Iterator[Application]:
    """A board whose mailbox is on a mail server, and whose digest has asked one thing."""
    loaded.drop("GP", build.make_statement(signed="Author One", dated=date(2010, 3, 30)))
    loaded.once()
    loaded.once("2010-04-06T08:05")
    file = loaded.folder / "scr-intake.toml"
    head, _, rest = file.read_text().partition("[[mailbox]]")
    text = head + WATCHED + "\n[drop]" + rest.partition("\n[drop]")[2]
    inside = 'inside_mail = { header = "X-Our-Own", value = "Internal" }'
    file.write_text(text.replace('answers       = "keyed"', f'answers = "proven"\n{inside}'))
    password = loaded.folder / "keys" / "imap-password"
    password.write_text("secret")
    password.chmod(0o600)
    with open_application(GlobalOptions(file, datetime(2010, 4, 6, 9, 10))) as app:
        yield app


def doubt(app: Application, sender: str = HER, **headers: str) -> str | None:
    """None where nobody takes it for an answer."""
    kept = KeptAsks(app.database, app.vault)
    digest = app.queue.get(kept.last_digest() or 0)
    assert digest is not None
    given = {"In_Reply_To": digest.message_id, **headers}
    raw = mail(sender, SERVICE, "RE: x", "1 accept", (), **given)
    claim = read_claim(app, DELIVERY, raw)
    return None if claim is None else doubt_of_claim(app, DELIVERY, claim)


def test_what_our_own_server_proves_counts(app: Application) -> None:
    """Failure modes 39 and 41."""
    assert doubt(app, Authentication_Results=PROVEN) == ""
    assert doubt(app) == "unproven"
    forged = PROVEN.replace("mx.board", "mx.else")
    assert doubt(app, Authentication_Results=forged) == "unproven"


def test_what_the_board_s_server_writes_on_mail_from_inside_proves_as_well(
    app: Application,
) -> None:
    """Failure mode 44: mail inside one organisation carries no result of DMARC."""
    assert doubt(app, X_Our_Own="Internal") == ""
    assert doubt(app, X_Our_Own="Anonymous") == "unproven"
    assert doubt(app, X_Our_Own="Internal, Anonymous") == "unproven"


def test_a_proven_mail_that_names_another_or_has_no_key_does_not_count(app: Application) -> None:
    """Failure mode 47: the key alone proves no sender, and the sender has no key."""
    proven = {"Authentication_Results": PROVEN}
    assert doubt(app, Sender="pa@board.example", **proven) == "another"
    assert doubt(app, Sender=HER, **proven) == ""
    assert doubt(app, In_Reply_To="<a@board.example>", **proven) == "no key"
    assert doubt(app, "colleague@board.example", **proven) == "another"
    assert doubt(app, "author@meadowlane.example", **proven) is None
    assert doubt(app, Auto_Submitted="auto-replied", **proven) is None


def test_answers_go_to_registered_addresses_alone(app: Application) -> None:
    board = app.settings.board.model_copy(
        update={"administrator_also": ("Phone@x.example",), "deputies": ("d@board.example",)}
    )
    found = {address: to.email for address, to in officers(board).items()}
    assert found == {HER: HER, "phone@x.example": HER, "d@board.example": "d@board.example"}


def test_an_order_that_was_done_before_a_crash_is_told_the_same_when_its_mail_is_read_again(
    app: Application,
) -> None:
    kept = KeptAsks(app.database, app.vault)
    (ask,) = (each for each in kept.asks_of_digest(kept.last_digest() or 0) if each.ask.links)
    (delivery, *_) = app.database.fetch_rows("SELECT id FROM deliveries")
    by = OrderedBy(replace(DELIVERY, id=delivery["id"]), "The Administrator", "<a@b>", ())
    first = do_order(app, by, ask, Order(ask.ask.number, "accept"))
    assert first.done
    assert do_order(app, by, ask, Order(ask.ask.number, "accept")) == first
    (count,) = app.database.fetch_rows("SELECT count(*) AS n FROM decisions")
    assert count["n"] == 1
