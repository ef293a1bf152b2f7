"""A mail of the administrator's, as a whole: read in the confined worker, carried out line by line,
and answered once. What does not count is written down, and nothing else is done.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from enum import StrEnum

from commands.composition.app import Application
from commands.mail_orders.asked_at_once import HelpAnswer, asked_question
from commands.mail_orders.asking_back import AskingBack
from commands.mail_orders.attached_documents import count_documents, not_taken
from commands.mail_orders.carrying_out import OrdersOfMail
from commands.mail_orders.doing import OrderedBy
from commands.mail_orders.order_claims import (
    OrderClaim,
    doubt_of_claim,
    is_believed_without_key,
    is_in_officers_name,
    is_sender_proven,
    is_to_others,
    read_claim,
)
from commands.mail_orders.own_asks import OwnAsks
from commands.mail_orders.unkeyed_mails import UnkeyedMail, unkeyed_results
from handlers.deliveries.judged_delivery import JudgedDelivery
from handlers.orders.courtesies import without_pleasantries
from handlers.orders.reading import ReplyReading, ReplyRequest
from handlers.register.audit_acts import AuditAct
from intake.source import DeliveryForm
from intake.spool import Delivery
from outbox.orders.kept_asks import KeptAsk, KeptAsks
from outbox.orders.officer_absences import OfficerAbsences
from outbox.orders.order_records import (
    OrderMailAnswer,
    OrderRecords,
    RefusalReason,
)
from outbox.writing.asks import OrderResult, ordered_by
from outbox.writing.letter_text import letter_plain_text, parse_letter

_BEHIND_ALL = 10_000  # what is about no number stands last
MAX_ANSWERS_A_DAY = 60  # mails; more are a program's
_BELIEVED = (
    "You are believed: what you answer by mail from this address is done. Nothing was done by this"
    " message."
)
_NO_WORDS = "Your words would name a person a review is about, so they are not repeated here."


class OfficerMail(StrEnum):
    """What a mail that was not taken in yet is to whoever may answer a digest."""

    ANSWER = "answer"  # to a digest, or what they wrote to the service
    TO_OTHERS = "to others"  # the service has a copy
    IN_THEIR_NAME = "in their name"  # and nothing more is known of it
    NOT_THEIRS = "not theirs"


@dataclass(frozen=True, slots=True)
class _Mail:
    """A mail that may count, as it was read. `asks` are those of the digest that it answers."""

    delivery: Delivery
    claim: OrderClaim
    reading: ReplyReading
    asks: tuple[KeptAsk, ...]


def settle_order_mail(app: Application, delivery: Delivery) -> JudgedDelivery | None:
    """What came of a mail that answers a digest, once it is done; None for any other.

    Raises UnforeseenFault or WorkerUnavailable.
    """
    if delivery.is_file or delivery.oversize or app.settings.board.answers == "off":
        return None
    raw = app.vault.read_original(delivery.content)
    claim = read_claim(app, delivery, raw)
    if claim is None:
        return None
    if app.scanner is not None and _is_refused(app, delivery, raw):
        return None  # it is held like anybody's, and nothing is done by it
    mail = _read(app, delivery, claim)
    if mail is None:
        return None
    question = asked_question(claim, mail.reading)
    why = doubt_of_claim(app, delivery, claim)
    if why == "no key":
        why = _doubt_without_key(app, mail, question)
    results = () if why else tuple(_results(app, mail, question))
    if not why and claim.officer.email == app.settings.board.administrator.email:
        OfficerAbsences(app.database).end(app.now())
    return _settled(app, mail, why, results, beside=question is None)


def _is_refused(app: Application, delivery: Delivery, raw: bytes) -> bool:
    message = app.sandbox_judge.unpack_message(raw, delivery.received)
    return app.sandbox_judge.find_refusal_of_message(raw, message) is not None


def sort_officer_mail(app: Application, source: str, raw: bytes) -> OfficerMail:
    """Sorts a mail that was not taken in yet.

    Raises UnforeseenFault or WorkerUnavailable.
    """
    if app.settings.board.answers == "off":
        return OfficerMail.NOT_THEIRS
    unseen = Delivery(0, source, DeliveryForm.MESSAGE, "", None, None, "", app.now(), "spooled", 0)
    claim = read_claim(app, unseen, raw)
    mail = _read(app, unseen, claim) if claim is not None else None
    if mail is not None and _speaks_to_us(mail):
        return OfficerMail.ANSWER
    if mail is not None and is_believed_without_key(app, source, mail.claim):
        return OfficerMail.TO_OTHERS if is_to_others(app, mail.claim) else OfficerMail.ANSWER
    return OfficerMail.IN_THEIR_NAME if is_in_officers_name(app, raw) else OfficerMail.NOT_THEIRS


def _speaks_to_us(mail: _Mail) -> bool:
    """Whether it answers a digest, tries to, or asks us something."""
    claim, reading = mail.claim, mail.reading
    tries = claim.key is not None or claim.tries or bool(reading.orders)
    return tries or asked_question(claim, reading) is not None


def _doubt_without_key(app: Application, mail: _Mail, question: HelpAnswer | None) -> RefusalReason:
    """Why one without the key is not answered, "" where it is: what it asks changes nothing, and
    what it orders is not done."""
    if question is not None or (
        is_believed_without_key(app, mail.delivery.source, mail.claim)
        and (not mail.reading.orders or is_sender_proven(app, mail.delivery.source, mail.claim.raw))
    ):
        return ""
    return "no key" if _speaks_to_us(mail) else "unproven"


def _read(app: Application, delivery: Delivery, claim: OrderClaim) -> _Mail | None:
    """None for a mail that a program wrote, or that is nobody's who may answer and has nothing to
    do with a digest."""
    kept = KeptAsks(app.database, app.vault)
    digest = claim.key.digest_id if claim.key else kept.last_digest()
    asks = tuple(kept.asks_of_digest(digest)) if digest is not None else ()
    day = delivery.received.astimezone(app.settings.board.zone_info).date()
    linked = claim.key is not None and claim.key.only is not None
    request = ReplyRequest(_digest_text(app, digest), day, linked, tuple(_labels(asks)))
    reading = app.replies.read_reply(claim.raw, request)
    if reading.automatic:
        return None
    mail = _Mail(delivery, claim, reading, asks)
    return mail if claim.hers_alone or _speaks_to_us(mail) else None


def _labels(asks: Sequence[KeptAsk]) -> Iterator[tuple[int, str, str]]:
    """What each link is called, and the order that it writes."""
    for kept in asks:
        for link in kept.ask.links:
            if order := ordered_by(link):
                yield kept.ask.number, link.label, order


def _digest_text(app: Application, digest: int | None) -> str:
    letter = app.queue.get(digest) if digest is not None else None
    return letter_plain_text(parse_letter(letter.message)) if letter else ""


def _settled(
    app: Application,
    mail: _Mail,
    why: RefusalReason,
    results: tuple[OrderResult, ...],
    *,
    beside: bool,
) -> JudgedDelivery:
    """Into the register, with its delivery; and with the words `beside` the orders."""
    now, officer = app.now(), mail.claim.officer
    records = OrderRecords(app.database, app.vault)
    told = tuple(_tellable(app, results))
    said = without_pleasantries(mail.reading.words) if beside else []
    words = tuple(line for line in said if app.may_tell(line))
    thread = mail.claim.head.message_id
    answer = OrderMailAnswer(officer.email, officer.name, thread, told, words)
    with app.register.transaction():
        records.add_mail(mail.delivery.id, why, answer, now)
        app.register.record.append(
            now, AuditAct.ORDER_MAIL, delivery=mail.delivery.id, state="refused" if why else None
        )
        app.spool.mark_judged(mail.delivery, "taken")
    return JudgedDelivery(ordered=True)


def _tellable(app: Application, results: tuple[OrderResult, ...]) -> Iterator[OrderResult]:
    """Without a line that may not leave, however it came into an answer."""
    for result in results:
        says = tuple(line if app.may_tell(line) else _NO_WORDS for line in result.says)
        yield replace(result, says=says)


def _results(app: Application, mail: _Mail, question: HelpAnswer | None) -> Iterator[OrderResult]:
    if _is_flooded(app):
        yield OrderResult(0, "", ("So many mails came today that this one was not carried out.",))
        return
    if mail.claim.key is not None and mail.claim.key.tests:
        yield OrderResult(0, "", (_BELIEVED,))
        return
    own, papers = OwnAsks(app, mail.delivery.id), count_documents(app, mail.delivery)
    if question is not None:
        said = [*question.answer(app, own)]
        yield from said
        if papers:
            last = max((ask.number for result in said for ask in result.asks), default=0)
            yield not_taken(app, OwnAsks(app, mail.delivery.id, last), (), papers)
        return
    if mail.claim.key is None:
        unkeyed = UnkeyedMail(mail.claim.head.subject, mail.reading, mail.asks, papers)
        yield from unkeyed_results(app, unkeyed, own)
        return
    by = OrderedBy(
        mail.delivery,
        mail.claim.officer.name or mail.claim.officer.email,
        mail.claim.head.message_id or f"delivery {mail.delivery.id}",
        mail.reading.words,
        mail.claim.officer.email,
        is_sender_proven(app, mail.delivery.source, mail.claim.raw),
    )
    carrying = OrdersOfMail(app, by, mail.claim.key, mail.asks, own, papers)
    found = [*carrying.carry_out(mail.reading.orders)]
    asking = AskingBack(app, mail.asks, mail.reading.words, own)
    found += [asking.ask_back(asked) for asked in mail.reading.questions]
    yield from sorted(found, key=lambda result: result.number or _BEHIND_ALL)
    if papers and not carrying.hands_in:
        numbers = {order.number for order in mail.reading.orders}
        numbers |= {asked.number or 0 for asked in mail.reading.questions}
        named = [kept for kept in mail.asks if kept.ask.number in numbers]
        yield not_taken(app, own, named, papers)


def _is_flooded(app: Application) -> bool:
    since = app.now() - timedelta(days=1)
    records = OrderRecords(app.database, app.vault)
    return records.count_answered_since(since) >= MAX_ANSWERS_A_DAY
