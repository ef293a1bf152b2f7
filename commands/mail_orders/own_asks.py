"""The links that an answer has of its own: what may be done about a case, an agency, or a person,
without anything having asked. Each is kept with the answer, as what a digest asks is with it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from commands.composition.app import Application
from commands.decisions.case_status import case_status_lines
from commands.mail_orders.lookups import board_calendar, order_links
from config.calendar import Calendar, day_and_month, utc_text
from handlers.register.agencies import RegisteredContact
from handlers.register.matrix import AgencyRow, CaseRow
from handlers.register.returns import SETTLED_STATES
from outbox.digest.offers import seen_offer
from outbox.digest.time_offers import time_offer
from outbox.sending.closed_addresses import unreachable_among
from outbox.writing.asks import PAUSE_DAYS, AskTopic, NumberedAsk, Offer, OrderLink, OrderResult

DAYS_MORE = 5  # working days, where more time is given that nobody asked for
MAX_AGENCIES = 40  # with a link in one answer
_HAND_IN = (
    "What came sealed, by a portal, on paper or on a stick is handed in by these: attach the"
    " documents to the message that opens. They are judged as that agency's, and it is answered."
)
_ONE_AGENCY = "What one agency owes, who is registered for it, and what may be done about either:"
_MORE = "A message that says Status and a case's reference has those of that case."


@dataclass(slots=True)
class OwnAsks:
    """Makes them, each with a number and a code of its own. `mail` is the delivery that is
    answered; the numbers are `behind` those that its answer has already."""

    app: Application
    mail: int
    behind: int = 0
    made: list[NumberedAsk] = field(default_factory=list)

    def link(self, label: str, order: str, topic: AskTopic, says: str) -> OrderLink:
        """One link, and the ask that is kept for it."""
        number = self.behind + len(self.made) + 1
        stamp = f"{utc_text(self.app.now())} answer {self.mail} {number}"
        offer = Offer(label, order)
        link = order_links(self.app).make_link(offer, number, topic, stamp)
        self.made.append(NumberedAsk(number, says, topic, (link,), stamp))
        return link

    def made_since(self, begun: int) -> tuple[NumberedAsk, ...]:
        """Those after the first so many: what one part of an answer keeps."""
        return tuple(self.made[begun:])


def hand_in_results(app: Application, asks: OwnAsks) -> Iterator[OrderResult]:
    """A link for each agency of each open case."""
    cases, left = _open_cases(app), MAX_AGENCIES
    for case in cases:
        agencies = case.agencies[:left]
        left -= len(agencies)
        begun = len(asks.made)
        links = tuple(hand_in_link(asks, case, agency) for agency in agencies)
        if links:
            more = () if len(agencies) == len(case.agencies) else (_MORE,)
            about, kept = f"{case.reference}: to hand in", asks.made_since(begun)
            yield OrderResult(0, about, (_HAND_IN, *more), links, asks=kept)


def hand_in_link(asks: OwnAsks, case: CaseRow, agency: AgencyRow) -> OrderLink:
    """What is attached to it is handed in for that agency."""
    name = f"{case.reference} {agency.name}"
    return asks.link(f"hand in for {name}", "hand in", _at(case, agency), f"Hand in for {name}")


def places_of_asks(app: Application, topics: Iterable[AskTopic]) -> list[tuple[CaseRow, AgencyRow]]:
    """The agencies that asks are about, in cases that are open."""
    wanted = {(topic.case.casefold(), topic.agency.casefold()) for topic in topics}
    return [
        (case, agency)
        for case in _open_cases(app)
        for agency in case.agencies
        if (case.reference.casefold(), agency.code.casefold()) in wanted
    ]


def _open_cases(app: Application) -> list[CaseRow]:
    return [c for c in app.register.case_matrix(app.now().date()) if c.state != "closed"]


def status_results(
    app: Application, asks: OwnAsks, reference: str, code: str
) -> Iterator[OrderResult]:
    """Where everything stands in a case, or with one agency in it, and what may be done."""
    today = app.now().date()
    rows = app.register.matrix_with_milestones(today, reference)
    if not rows:
        yield OrderResult(0, "", ("There is no such case.",))
    for case in rows:
        agency = next((a for a in case.agencies if a.code.casefold() == code.casefold()), None)
        if code and agency is None:
            yield OrderResult(0, "", (f"There is no such agency in {case.reference}.",))
        elif agency is not None:
            yield from _agency(app, asks, case, agency)
        else:
            yield from _case(app, asks, case)


def _case(app: Application, asks: OwnAsks, case: CaseRow) -> Iterator[OrderResult]:
    lines = case_status_lines(case, app.kinds, app.now().date(), in_words=True)
    topic = AskTopic("case", (), case.reference)
    offered = ("put on hold", "close case") if case.state == "open" else ("reopen case",)
    about, begun = f"The review {case.reference}", len(asks.made)
    links = tuple(asks.link(word, word, topic, about) for word in offered)
    says = tuple(line.strip() for line in lines)
    yield OrderResult(0, "", says, links, asks=asks.made_since(begun))
    plain = order_links(app)
    each = tuple(
        plain.make_plain_link(agency.name, f"Status {case.reference} {agency.code}")
        for agency in case.agencies
    )
    yield OrderResult(0, "One agency", (_ONE_AGENCY,), each)


def _agency(
    app: Application, asks: OwnAsks, case: CaseRow, agency: AgencyRow
) -> Iterator[OrderResult]:
    yield from place_results(app, asks, case, agency)
    for contact in app.register.people.contacts_of_agency(agency.id):
        begun = len(asks.made)
        links = tuple(_contact_links(app, asks, case, agency, contact))
        says = (f"{contact.name} ({contact.email}), {contact.role}.",)
        yield OrderResult(0, contact.name, says, links, asks=asks.made_since(begun))


def place_results(
    app: Application, asks: OwnAsks, case: CaseRow, agency: AgencyRow
) -> Iterator[OrderResult]:
    """Where everything stands with one agency, and what may be done about its returns."""
    alone = CaseRow(case.id, case.reference, case.state, case.complete_by, (agency,))
    lines = case_status_lines(alone, app.kinds, app.now().date(), in_words=True)
    begun, is_open = len(asks.made), case.state != "closed"
    owed = tuple(_owed_links(app, asks, case, agency)) if is_open else ()
    again = tuple(_again_links(app, asks, case, agency)) if is_open else ()
    says = (
        *(line.strip() for line in lines),
        *([_SEEN] if owed[1:] else []),
        *([_AGAIN] if again else []),
    )
    about = f"{case.reference}, {agency.name}"
    yield OrderResult(0, about, says, (*owed, *again), asks=asks.made_since(begun))


_AGAIN = (
    "What was accepted is asked about again by its link: put your questions into the message that"
    " opens, in the place of those two words."
)
_SEEN = (
    "A return that the board has seen itself is settled by its link: put the day, and how it was"
    " seen, into the message that opens. It is shown as seen outside, since this service has not."
    " More time is given likewise: put the day that you agree to into the message."
)


def _owed_links(
    app: Application, asks: OwnAsks, case: CaseRow, agency: AgencyRow
) -> Iterator[OrderLink]:
    yield hand_in_link(asks, case, agency)
    today, topic = app.now().date(), _at(case, agency)
    owed = [row for row in agency.returns if row.state not in SETTLED_STATES]
    dues = tuple((row.kind, row.due) for row in owed)
    for row in owed:
        noun = app.kinds[row.kind].noun
        says = f"{agency.name}: {noun}"
        seen = seen_offer(noun, today)
        yield asks.link(seen.label, seen.order, topic, says)
        until = board_calendar(app).add_working_days(max(row.due, today), DAYS_MORE)
        more = time_offer(until, today, app.kinds, (row.kind,), dues)
        yield asks.link(more.label, more.order, topic, says)


def _again_links(
    app: Application, asks: OwnAsks, case: CaseRow, agency: AgencyRow
) -> Iterator[OrderLink]:
    """To ask about what was accepted."""
    for row in agency.returns:
        versions = app.register.entries.entries_for_return(row.id)
        accepted = [one.id for one in versions if one.standing_verdict == "accept"]
        if row.state == "accepted" and accepted:
            noun = app.kinds[row.kind].noun
            topic = AskTopic("entries", (max(accepted),), case.reference, agency.code)
            label, order = f"ask again about the {noun}", "ask again: your questions"
            yield asks.link(label, order, topic, f"{agency.name}: {noun}")


def _contact_links(
    app: Application, asks: OwnAsks, case: CaseRow, agency: AgencyRow, contact: RegisteredContact
) -> Iterator[OrderLink]:
    topic, calendar, today = _at(case, agency), board_calendar(app), app.now().date()
    paused = contact.paused is not None and contact.paused > today
    says = f"{contact.name}, {contact.role} of {agency.name}"
    unseen = unreachable_among(app.database, [contact.id])
    unseen = unseen or contact.id in app.register.entries.departures()
    if paused or unseen or app.register.notes.find_absence(contact.id, today):
        yield asks.link("bring back", f"bring back {contact.email}", topic, says)
    else:
        until = _pause_day(app, calendar)
        order = f"pause {contact.email} until {until}"
        yield asks.link(f"pause until {until}", order, topic, says)
    yield asks.link("remove", f"remove {contact.email}", topic, says)


def _pause_day(app: Application, calendar: Calendar) -> str:
    return day_and_month(calendar.add_working_days(app.now().date(), PAUSE_DAYS))


def _at(case: CaseRow, agency: AgencyRow) -> AskTopic:
    return AskTopic("agency", (), case.reference, agency.code)
