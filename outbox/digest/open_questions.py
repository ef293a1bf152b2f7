"""What waits for a person to look, put into lines: what is the same, into one."""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, tzinfo
from typing import Literal

from config.calendar import Calendar, date_without_year
from config.english import count_noun, join_with_and
from config.kind import Kind, Kinds
from handlers.register.matrix import CaseRow
from handlers.register.register import Register
from handlers.register.returns import CHASED_STATES, EXTENSION_REQUEST
from handlers.register.set_apart_reasons import SetApartReason
from handlers.register.submissions import NOT_JUDGED_REASON, SEALED_NOTICE_REASON, Entry
from handlers.register.time_requests import MESSAGE_REASON
from outbox.chasing.undecided import UndecidedEntry
from outbox.digest.ask_lines import open_question_line
from outbox.digest.first_words import NOTHING_TOLD, EntryTelling
from outbox.digest.group_commands import group_ways, kinds_it_may_be
from outbox.digest.leaver_links import LeaverLinks
from outbox.digest.offers import EntryToAnswer, PossiblePlace, entry_offers
from outbox.digest.open_question import OpenQuestion, with_rivals_as_one
from outbox.digest.possible_places import (
    PlacesById,
    places_by_agency,
    places_elsewhere,
    possible_places,
    sender_places,
    topic_of_notice,
)
from outbox.digest.time_offers import TimeAsked
from outbox.digest.unproven_reports import UnprovenReports
from outbox.digest.waiting_messages import domain_as_told
from outbox.due.question_reasons import (
    NIL_RETURN_REJECTED,
    entries_taken_back,
    waiting_reasons,
    withdrawal_sentences,
    without_nil_question,
)
from outbox.due.set_apart import describe_entry
from outbox.writing import commands_to_paste
from outbox.writing.asks import AskTopic, Offer
from outbox.writing.commands_to_paste import (
    asked_until,
    extension_commands,
    non_working_day_notes,
    partly_agreed_notes,
    time_ways,
)
from outbox.writing.digest_facts import Need
from outbox.writing.groups import group_alike, make_group

# What waits for a person, worst first, and what has been done about it so far.
_ENDS: tuple[tuple[Literal["hold", "refer"], str], ...] = (
    ("hold", "held, not answered"),
    ("refer", "waits for you to look"),
)
# What may have to do with somebody registered, whatever domain it comes from.
_LOOKS_LIKE_OURS = frozenset({SetApartReason.SENDER_LOOKALIKE})
_OURS = frozenset(
    {
        NOT_JUDGED_REASON,
        SetApartReason.AGENCY_UNKNOWN,
        SetApartReason.CASE_UNCLEAR,
        SetApartReason.CASE_OTHER,
    }
    | {
        SetApartReason.SENDER_SHOWN,
        SetApartReason.SENDER_WEBMAIL,
        SetApartReason.SENDER_LOOKALIKE,
        SetApartReason.SENDER_NAMED,
    }
    | {SEALED_NOTICE_REASON, SetApartReason.HELD_NOTICE}
)
_SAME_OF_OURS: tuple[Callable[[OpenQuestion], Hashable | None], ...] = (
    lambda ask: ask.domain_group_key,
    lambda ask: ask.agency_group_key,
)


class OpenQuestions:
    """Reads and tells them. `may_say` says of words whether the administrator may be told them;
    `came` says of entries who sent them and when, and `telling` what their own words tell."""

    def __init__(
        self,
        register: Register,
        kinds: Kinds,
        may_say: Callable[[str], bool],
        arrived: Callable[[int, tzinfo | None], str],
        calendar: Calendar,
        came: Callable[[Sequence[Entry], tzinfo | None], str],
        telling: Callable[[Entry], EntryTelling],
        reports: UnprovenReports,
    ) -> None:
        self._came, self._telling, self._reports = came, telling, reports
        self._register = register
        self._kinds = kinds
        self._may_say = may_say
        self._arrived = arrived
        self._calendar = calendar

    def urgent_needs(
        self, cases: Sequence[CaseRow], asked: Mapping[int, UndecidedEntry], now: datetime
    ) -> Iterator[Need]:
        """What is urgent, and then what has waited too long, with since when and what is not
        chased for it."""
        places, asks = places_by_agency(cases), []
        for id, each in asked.items():
            entry = self._register.entries.get_entry(id)
            if entry is not None and not self._is_urgent(entry):
                ends = f"has waited for you since {{}}, and {each.unchased_clause} meanwhile"
                asks.append(self._ask(entry, places, ends, "", each.since))
        urgent = self._urgent(places, now.tzinfo)
        yield from self._told(group_alike(urgent, lambda ask: ask.domain_group_key), now)
        yield from self._told(group_alike(with_rivals_as_one(asks), *_SAME_OF_OURS), now)

    def _urgent(self, places: PlacesById, zone: tzinfo | None) -> list[OpenQuestion]:
        """However long it has waited; what strangers call so stands among what they sent, unless
        it names a review of ours."""
        kinds = [kind.id for kind in self._kinds.all if kind.urgent]
        waiting, domains = (
            self._register.entries.waiting_of_kinds(kinds),
            self._register.people.registered_domains(),
        )
        ends = {str(verdict): f"{end} since {{}}" for verdict, end in _ENDS}
        found = (
            self._ask(one, places, ends[one.verdict], "", one.judged.astimezone(zone).date())
            for one in waiting
        )
        return [ask for ask in found if _is_first(ask, domains)]

    def needs_of_entries(
        self, entries: Iterable[Entry], cases: Sequence[CaseRow], now: datetime
    ) -> Iterator[Need]:
        """One for each, in a line, with the ways in which a mail may answer it."""
        places = places_by_agency(cases)
        for one in entries:
            ask = self._ask(one, places, "", "", one.judged.astimezone(now.tzinfo).date())
            yield self._answered_by_mail((ask,), Need(ask.what), now)

    def _is_urgent(self, entry: Entry) -> bool:
        kind = self._kinds.get(entry.kind)
        return kind is not None and kind.urgent

    def waiting_needs(
        self,
        cases: Sequence[CaseRow],
        asked: Collection[int],
        silencing: Mapping[int, UndecidedEntry],
        now: datetime,
    ) -> tuple[list[Need], list[Need]]:
        """What else waits, worst first: of registered agencies; and of strangers, what reads like
        a return before the rest. Of what keeps a return from being chased it says which."""
        places, domains = places_by_agency(cases), self._register.people.registered_domains()
        near, far = list[OpenQuestion](), list[OpenQuestion]()
        for verdict, ends in _ENDS:
            for entry in self._register.entries.waiting_entries(verdict):
                if entry.id not in asked:
                    since = entry.judged.astimezone(now.tzinfo).date()
                    ask = self._ask(entry, places, *_ends(entry, ends, silencing), since)
                    if entry.reason == NOT_JUDGED_REASON:
                        here = self._arrived(entry.delivery_id, now.tzinfo)
                        ask = replace(ask, came=f", {here}")
                    (near if _is_near(ask, domains) else far).append(ask)
        calm = [ask for ask in near if not self._is_urgent(ask.entry)]
        near = sorted(with_rivals_as_one(calm), key=lambda ask: self._rank(ask, domains))
        far = [a for a in far if not (self._is_urgent(a.entry) and _is_first(a, domains))]
        came = {ask.sender_domain: n for n, ask in reversed([*enumerate(far)])}
        far.sort(key=lambda ask: (ask.entry.kind is None, came[ask.sender_domain]))
        of_strangers = group_alike(
            far, lambda ask: ask.domain_group_key, lambda ask: ask.stranger_group_key
        )
        return (
            list(self._told(group_alike(near, *_SAME_OF_OURS), now, domains)),
            list(self._told(of_strangers, now)),
        )

    def _rank(self, ask: OpenQuestion, domains: Collection[str]) -> int:
        """First who leaves, since letters to them reach nobody; then what is held, a request for
        more time, a document, a word; and after what registered people sent, whatever only looks
        like theirs."""
        if ask.leavers:
            return 0
        if ask.entry.reason in _LOOKS_LIKE_OURS and ask.sender_domain not in domains:
            return 5
        if ask.entry.verdict == "hold":
            return 1
        if ask.entry.kind == EXTENSION_REQUEST:
            return 2
        return 4 if ask.entry.reason else 3

    def _ask(
        self, entry: Entry, places: PlacesById, ends: str, late: str, since: date
    ) -> OpenQuestion:
        kind = self._kinds.get(entry.kind)
        said, why = describe_entry(entry, kind), self._why(entry, kind)
        leaving, people = entry.told.leaving, self._register.people
        leavers = LeaverLinks(people, self._may_say)
        gone = tuple(dict.fromkeys(leavers.commands(leaving)))
        links = tuple(dict.fromkeys(leavers.offers(leaving)))
        if entry.agency_id is None:
            nobodys = OpenQuestion(entry, "", said, ends, why, since, leavers=gone, late=late)
            return self._of_nobody(nobodys, places, links)
        case, agency = places[entry.agency_id]
        whose = f"{case.reference}, {agency.name}"
        agreed = self._register.entries.kinds_agreed_since(entry)
        said += asked_until(entry, agency, self._kinds, self._calendar, agreed)
        ways = time_ways(entry, agency, self._kinds, self._calendar, agreed)
        grants = extension_commands(entry, case, agency, self._kinds, self._calendar, agreed)
        if grants:
            why = (*why, *non_working_day_notes(entry, agency, self._kinds, self._calendar, agreed))
        owed = tuple(row.kind for row in agency.returns)
        ask = OpenQuestion(entry, whose, said, ends, why, since, grants, owed=owed, leavers=gone)
        here = PossiblePlace(case.reference, agency.code, owed)
        time = TimeAsked(
            ways,
            tuple((row.kind, row.due) for row in agency.returns if row.state in CHASED_STATES),
            tuple(kind.id for kind in self._kinds.all if kind.id in agreed) if ways else (),
        )
        back = bool(entries_taken_back(entry, self._register.entries))
        others = places_elsewhere(entry, places, agency)
        answer = EntryToAnswer(
            entry, (here,), time, takes_back=back, people=links, elsewhere=others
        )
        topic = AskTopic("entries", (entry.id,), case.reference, agency.code)
        return replace(ask, late=late, answer=answer, topic=topic)

    def _of_nobody(
        self, ask: OpenQuestion, places: PlacesById, people: tuple[Offer, ...]
    ) -> OpenQuestion:
        """What is of no agency yet, with where it could be of; and whose letter a report is
        about."""
        entry = ask.entry
        if reader := self._reports.reader_of(entry):
            at, answer = reader.place, EntryToAnswer(entry, reported=reader)
            topic = AskTopic("entries", (entry.id,), at.reference, at.code)
            of = places[at.agency_id][1].name if at.agency_id in places else ""
            return replace(ask, of=of, what=reader.says, answer=answer, topic=topic)
        of = join_with_and([*dict.fromkeys(self._named(entry, places))])
        own = sender_places(entry, places, self._register.people)
        where = tuple(dict.fromkeys((*possible_places(entry, places), *own)))
        answer = EntryToAnswer(entry, where, people=people, of_sender=len(own) == 1)
        return replace(ask, of=of, answer=answer, topic=topic_of_notice(entry, where))

    def _answered_by_mail(self, asks: Sequence[OpenQuestion], need: Need, now: datetime) -> Need:
        """With what it asks about, in a line, and the ways in which a mail may answer it."""
        first, ids, today = asks[0], tuple(id for ask in asks for id in ask.entries), now.date()
        came = self._came([ask.entry for ask in asks], now.tzinfo)
        telling = self._telling(first.entry) if len(asks) == 1 else NOTHING_TOLD
        need = replace(need, line=open_question_line(asks, self._kinds, today, came, telling))
        if first.answer is None:
            return need
        rivals, many = bool(first.rivals), len(asks) > 1
        answer = replace(first.answer, rivals=rivals, many=many, on_paper=telling.on_paper)
        offers = entry_offers(answer, self._kinds, self._calendar, today)
        topic = replace(first.topic, sort="entries", items=ids)
        left = () if many else first.leavers
        return replace(need, topic=topic, offers=offers, by_command=left)

    def _named(self, entry: Entry, places: PlacesById) -> Iterator[str]:
        """The agencies that it could be of; with whom the notice of something sealed names there,
        since anybody may have written it."""
        for agency_id, contact_id in entry.told.places:
            if agency_id not in places:
                continue
            name = places[agency_id][1].name
            who = self._register.people.find_contact(contact_id or 0)
            told = who is not None and entry.reason == SEALED_NOTICE_REASON
            yield f"{who.name} of {name}" if who is not None and told else name

    def _why(self, entry: Entry, kind: Kind | None) -> tuple[str, ...]:
        entries = self._register.entries
        left = without_nil_question(entry, entries, self._kinds)
        return (
            *partly_agreed_notes(entries.kinds_agreed_since(entry), self._kinds),
            *([NIL_RETURN_REJECTED] if left else []),
            *waiting_reasons(left or entry, kind),
            *withdrawal_sentences(entry, entries, self._kinds),
        )

    def _told(
        self, asks: Iterable[tuple[OpenQuestion, ...]], now: datetime, domains: Collection[str] = ()
    ) -> Iterator[Need]:
        for one in asks:
            alone = len(one) == 1
            need = self._alone(one[0], now.date(), domains) if alone else self._many(one, domains)
            yield self._answered_by_mail(one, need, now)

    def _many(self, asks: Sequence[OpenQuestion], domains: Collection[str]) -> Need:
        first, since = asks[0], date_without_year(min(ask.since for ask in asks))
        same = make_group("entries", [id for ask in asks for id in ask.entries])
        ends = first.ends.replace("{}", since)
        oldest = "" if ends != first.ends else f"; the oldest since {since}"
        begins = first.whose or first.of or self._from(asks, domains)
        times = f"{begins}, {len(asks):,} times" if begins else f"{len(asks):,} times"
        theirs = any(ask.sender_domain in domains for ask in asks)
        at_once = first.can_settle_together and (first.is_bounce_report or not theirs)
        alike = all(ask.because == first.because for ask in asks)
        why = first.because if alike else ("Each waits for reasons of its own.",)
        command, more = group_ways(first, same.name, at_once)
        return Need(f"{times}: {first.what}; {ends}{oldest}.", command, why, same, more)

    def _alone(self, ask: OpenQuestion, today: date, domains: Collection[str]) -> Need:
        begins = ask.whose or ask.of or self._from([ask], domains)
        whose = f"{begins}: " if begins else ""
        if not whose and ask.what.startswith("it "):
            whose = f"Entry {ask.entry.id}: "
        says = f"{whose}{ask.what}{ask.came}; {ask.ends_on(today)}."
        says = says[:1].upper() + says[1:]
        if ask.is_agency_return and ask.entry.kind is None:
            command = commands_to_paste.entry_kind_command(ask.entry.id)
            what = f"To say what it is: `{command}` {kinds_it_may_be(ask, 'it is')}"
            return Need(
                says, commands_to_paste.show_command(ask.entry.id), ask.because, more=(what,)
            )
        if not ask.grants:
            command, ways = commands_to_paste.show_command(ask.entry.id), tuple(_of_rivals(ask))
            return Need(says, command, ask.because, more=(*ways, *ask.leavers, *_seen_to(ask)))
        first, *more = ask.grants
        others = tuple(f"`{command}`" for command in more)
        see = f"To see it: `{commands_to_paste.show_command(ask.entry.id)}`"
        no = f"To say no: `{commands_to_paste.reject_command(ask.entry.id)}`"
        return Need(says, first, ask.because, more=(*others, see, no, *ask.leavers))

    def _from(self, asks: Sequence[OpenQuestion], domains: Collection[str]) -> str:
        """ "From shop.example", "From 12 domains"."""
        found = {ask.sender_domain for ask in asks if ask.sender_domain}
        if len(found) > 1:
            return f"From {count_noun(len(found), 'domain')}"
        for domain in found:
            known = ", where people are registered" if domain in domains else ""
            return f"From {domain_as_told(domain, self._may_say)}{known}"
        return ""


def _ends(entry: Entry, ends: str, silencing: Mapping[int, UndecidedEntry]) -> tuple[str, str]:
    """What has been done about it, and which returns are not chased for it; at first, and once it
    has waited for more than a day."""
    if entry.id not in silencing:
        return ends, f"{ends} since {{}}"
    unchased = silencing[entry.id].unchased_clause
    if entry.kind == EXTENSION_REQUEST and entry.verdict == "refer":
        until = f"{unchased} until you decide"
        return until, f"waits since {{}}, and {until}"
    return f"{ends}, and {unchased} meanwhile", f"{ends} since {{}}, and {unchased} meanwhile"


def _seen_to(ask: OpenQuestion) -> Iterator[str]:
    """What ends the line of a message that tells of who leaves, where what is done about them does
    not: it asks something besides, or does not say who leaves."""
    leaving = ask.entry.told.leaving
    stays = leaving is not None and (leaving.asks or not leaving.tells_who)
    if ask.entry.reason == MESSAGE_REASON and ask.entry.kind is None and stays:
        away = commands_to_paste.put_away_command(ask.entry.id)
        yield f"To put the message away once that is done: `{away}`"


def _of_rivals(ask: OpenQuestion) -> Iterator[str]:
    """The others of the versions that came together, and what settles them all."""
    for id in ask.rivals[1:]:
        yield f"To see the next: `{commands_to_paste.show_command(id)}`"
    if ask.rivals:
        yield "Once you accept the one that is meant, the rest wait for nobody."


def _is_near(ask: OpenQuestion, domains: Collection[str]) -> bool:
    """Whether it is of a registered agency, or could be."""
    ours = ask.is_bounce_report or ask.entry.reason in _OURS
    return bool(ask.whose) or ask.sender_domain in domains or ours


def _is_first(ask: OpenQuestion, domains: Collection[str]) -> bool:
    """Of what is urgent, whether it is told before all else, whoever sent it."""
    told = ask.entry.told
    return _is_near(ask, domains) or bool(told.candidates) or told.danger
