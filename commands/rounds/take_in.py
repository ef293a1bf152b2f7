"""Takes in from every source in turn into the spool, who is registered first."""

from __future__ import annotations

import logging
from collections import Counter, deque
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, time

from commands.composition.app import Application
from commands.composition.round_limits import STRANGERS_PER_ROUND
from commands.mail_orders.answering import OfficerMail, sort_officer_mail
from commands.mail_orders.officer_absence import note_officer_absence
from commands.rounds.round_report import RoundReport
from commands.unforeseen import bug_location
from config.calendar import date_without_year
from handlers.sandbox.protocol import WorkerLost, WorkerStopped, WorkerUnavailable
from intake.database import is_register_failure
from intake.disk_errors import is_disk_full
from intake.drop.drop_folder import AgencyFolderClosed
from intake.imap.errors import MailServerUnreachable, MessageUnavailable
from intake.source import (
    ItemTooLarge,
    ItemUnreadable,
    ItemVanished,
    MessageWithheld,
    PartBeginning,
    PastContents,
    Source,
    SourceOffer,
    SourceRefused,
    SourceUnavailable,
    SourceUnreadable,
    StillFetching,
    StrayItem,
)
from intake.source_health import message_outage, source_outage
from intake.unregistered_senders import LeftMail, domain_of_sender


def set_beginnings(app: Application, source: Source, report: RoundReport) -> None:
    """Tell the source from when on. Raises SourceUnavailable or StillFetching."""
    beginnings, now = app.intake_memory.beginnings, app.now()
    known = beginnings.beginnings_by_part(source.name)
    since = app.intake_memory.since.get(source.name)
    today = start_of_day(now.date(), now)
    for past in source.find_past_contents(known, start_of_day(since, now) if since else today):
        began = beginnings.record_beginning(source.name, past, today, now)
        known[past.part] = began
        if past.messages:
            report.said.append(f"{source.name}: {left_mail_sentence(past, since or now.date())}")
        if since is not None:
            report.said.append(f"{source.name}: {taken_mail_sentence(past, since)}")
    for part, beginning in known.items():
        at = start_of_day(since, now) if since else beginning.at.astimezone(now.tzinfo)
        source.set_beginning(part, PartBeginning(at, beginning.last))


def left_mail_sentence(past: PastContents, since: date) -> str:
    """ "20,000 messages lie there from before, the oldest of 2019, and are left. ..."."""
    one = past.messages == 1
    what = "1 message lies" if one else f"{past.messages:,} messages lie"
    oldest = f"{'' if one else 'the oldest '}of {past.oldest}, " if past.oldest else ""
    return (
        f"{what} there from before, {oldest}and {'is' if one else 'are'} left. What comes from"
        f" {date_without_year(since)} {since.year} on is taken in; `since` in the settings of the"
        " mailbox names another day."
    )


def taken_mail_sentence(past: PastContents, since: date) -> str:
    """ "412 messages there came from Thursday 1 January 2009 on and are taken in."."""
    when = f"came from {date_without_year(since)} {since.year} on"
    if not past.later:
        return f"No message there {when}."
    one = past.later == 1
    what = "1 message there" if one else f"{past.later:,} messages there"
    return f"{what} {when} and {'is' if one else 'are'} taken in."


def start_of_day(day: date, now: datetime) -> datetime:
    return datetime.combine(day, time(), now.tzinfo)


log = logging.getLogger(__name__)

DESCRIBE_BATCH = 200  # messages that are described in one question


def take_in_sources(app: Application, report: RoundReport) -> Iterator[None]:
    """Into the spool, a thing of every source in turn; one that was away already in this round is
    not asked again."""
    report.strangers = 0
    # What is on this machine first: no server is waited for before it is looked at.
    sources = sorted(app.sources, key=lambda source: source.remote)
    turns = deque(_turn(app, source, report) for source in sources)
    while turns:
        turn = turns.popleft()
        for _ in turn:
            turns.append(turn)
            yield
            break


def _turn(app: Application, source: Source, report: RoundReport) -> Iterator[None]:
    """All of one source, a thing at a time."""
    if source_outage(source) in report.absent:
        return
    try:
        set_beginnings(app, source, report)
        yield from _in_order(app, source, report)
        report.looked.add(source.name)
    except StillFetching:  # we are to stop
        return
    except SourceUnavailable as why:
        report.away.append(source.name)
        report.absent[source_outage(source)] = why
        report.add_troubles(_away(source, why))


def _away(source: Source, why: SourceUnavailable) -> str:
    if isinstance(why, MailServerUnreachable):
        return f"{source.name}: {why}"
    if type(why) is SourceUnavailable:
        return f"The source {source.name} is not there."
    if isinstance(why, SourceRefused | AgencyFolderClosed):
        return f"{why.sentence} {why.fix}"
    return why.sentence  # it says more than that


def _in_order(app: Application, source: Source, report: RoundReport) -> Iterator[None]:
    """Whoever is registered, and then strangers.

    Raises SourceUnavailable, when only a part is away after everything else was taken.
    """
    offers, trouble = _new(app, source)
    strangers: list[SourceOffer] = []
    for offer in _described(app, source, offers):
        if offer is None:
            yield  # something was asked of the source
        elif offer.early:  # of the source's past, whoever sent it
            continue
        elif offer.expected:
            _take(app, source, offer, report)
            yield
        elif offer.sender.casefold() in app.intake_memory.answering:  # whose other mail is left
            _let_in(app, source, replace(offer, expected=True), report)
            yield
        else:
            strangers.append(offer)
    yield from _of_strangers(app, source, strangers, report)
    if trouble is not None:
        raise trouble


def _new(app: Application, source: Source) -> tuple[list[SourceOffer], SourceUnavailable | None]:
    """What is offered and was not met before, and what was in the way of the rest. It costs one
    look at the source, and no transaction."""
    offers, trouble = [], None
    try:
        for offer in source.list_offers():
            offers.append(offer)
    except SourceUnavailable as why:
        trouble = why
    places = [offer.place for offer in offers]
    known = app.spool.known_places(source, places)
    app.spool.note_put_back(
        source.name, [o.place for o in offers if o.moves and o.place in known], app.now()
    )
    if not known.issuperset(places):
        known |= app.intake_memory.strangers.passed_over_places(source.name, places)
    return [offer for offer in offers if offer.place not in known], trouble


def _described(
    app: Application, source: Source, offers: list[SourceOffer]
) -> Iterator[SourceOffer | None]:
    """With all that can be told without reading; None after each question."""
    intake_memory = app.intake_memory
    described, others = intake_memory.backlog.split_described(source.name, offers)
    yield from described
    for n in range(0, len(others), DESCRIBE_BATCH):
        batch = [
            replace(offer, expected=offer.expected or intake_memory.registered(offer.sender))
            for offer in source.describe_offers(others[n : n + DESCRIBE_BATCH])
        ]
        intake_memory.backlog.add(source.name, batch)
        yield from batch
        yield None


def _of_strangers(
    app: Application, source: Source, offers: list[SourceOffer], report: RoundReport
) -> Iterator[None]:
    """So many a round, and so many a day of each domain; colleagues of those who are registered
    first. What waits for its turn is noted, for a person to be told."""
    intake_memory, today = app.intake_memory, app.now().date()
    if report.unscanned is not None:  # none of them can be looked at: they stay where they are
        return
    if not offers:
        intake_memory.turns.record_waiting(source.name, {}, (), app.now())
        return
    near, unjudged = intake_memory.domains(), app.spool.strangers_waiting()
    full, waiting = intake_memory.strangers.daily_limit_check(today), Counter[str]()
    for offer in sorted(offers, key=lambda offer: domain_of_sender(offer.sender) not in near):
        domain = domain_of_sender(offer.sender)
        if report.let_in + unjudged >= STRANGERS_PER_ROUND:
            waiting[domain] += 1
            report.more |= report.let_in > 0
            continue
        if full(domain):
            waiting[domain] += 1
            continue
        taken = report.taken
        if _let_in(app, source, offer, report):
            report.let_in += 1
        if report.taken > taken:
            intake_memory.strangers.count_taken(domain, today)
            full = intake_memory.strangers.daily_limit_check(today)
        yield
    report.strangers += waiting.total()
    intake_memory.turns.record_waiting(
        source.name, waiting, [d for d in waiting if full(d)], app.now()
    )


def _let_in(app: Application, source: Source, offer: SourceOffer, report: RoundReport) -> bool:
    """Whether it is dealt with: taken, or left where it is since it is for nobody here; of that
    nothing goes into the vault."""
    strangers = app.intake_memory.strangers
    if not strangers.begin_look(source.name, offer.place, app.now()):
        return _take(app, source, offer, report)
    raw, left = None, None
    try:
        raw = source.read_content(offer)
        note_officer_absence(app, source.name, raw)
        left = _whose_left(app, source.name, raw)
    except WorkerLost:
        pass  # it is taken in, where tries are counted
    except WorkerUnavailable as why:
        if not isinstance(why, WorkerStopped):
            report.add_troubles(str(why))
        return False
    except (ItemVanished, StillFetching, SourceUnavailable, ItemUnreadable, ItemTooLarge):
        pass  # as it is told of anything else
    except Exception as why:  # whatever it is: it is taken in, where tries are counted
        if is_disk_full(why):
            raise
    finally:
        strangers.finish_look(source.name, offer.place, left)
    if left:
        report.passed_over += 1
        return True
    return _take(app, source, offer, report, raw)


def _whose_left(app: Application, source: str, raw: bytes) -> LeftMail | None:
    """Of a message that is for nobody here, whose it is; None for one that is taken in."""
    sort = sort_officer_mail(app, source, raw)
    if sort is OfficerMail.ANSWER:
        return None
    to_others = sort is OfficerMail.TO_OTHERS
    if not (to_others or app.processor.is_for_others(source, raw, app.now())):
        return None
    return LeftMail.STRANGER if sort is OfficerMail.NOT_THEIRS else LeftMail.OFFICER


def _take(
    app: Application,
    source: Source,
    offer: SourceOffer,
    report: RoundReport,
    raw: bytes | None = None,
) -> bool:
    """Whether it is in the spool. `raw` are its bytes, where they were read already."""
    try:
        raw = source.read_content(offer) if raw is None else raw
    except (ItemVanished, StillFetching):
        return False
    except (ItemUnreadable, ItemTooLarge) as why:
        return _told(app, source, offer, report, why)
    except SourceUnavailable:
        raise
    except Exception as why:  # one that is met as nobody foresaw stops no other
        if is_disk_full(why) or is_register_failure(why):
            raise
        log.error("%s: %s", source.name, bug_location(why))
        refused = MessageWithheld() if source.remote else ItemUnreadable()
        return _told(app, source, offer, report, refused)
    if app.spool.take_delivery(source, offer, raw, app.now()):
        report.taken += 1
    elif offer.stays:  # from before we started: it need not be read again
        source.release_item(offer.place, app.vault.keyed_hash(raw), "taken")
    return True


def _told(
    app: Application,
    source: Source,
    offer: SourceOffer,
    report: RoundReport,
    why: ItemUnreadable | ItemTooLarge,
) -> bool:
    """What cannot be taken whole. Of a message that is too large its header block is."""
    if isinstance(why, ItemTooLarge) and why.head:
        report.taken += app.spool.take_delivery(source, offer, why.head, app.now(), oversize=True)
        return True
    report.add_troubles(f"{source.name}{_whose(app, offer)}: {why.sentence}")
    if isinstance(why, ItemUnreadable):
        by_server = isinstance(why, MessageWithheld)
        why_not = MessageUnavailable() if by_server else SourceUnreadable()
        report.absent[message_outage(source)] = why_not
        stray = StrayItem(offer.place, (), "unreadable", (offer.size or 0, 0))
        report.unread.setdefault(source.name, {})[offer.place] = stray
    return False


def _whose(app: Application, offer: SourceOffer) -> str:
    """The agency that a folder is registered for; any other name may be a child's."""
    code = offer.agency or ""
    return f", {code}" if code and app.register.people.places_of_agency(code) else ""
