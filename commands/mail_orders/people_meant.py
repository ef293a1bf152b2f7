"""Whom the administrator's own words may be about: links that register somebody, take somebody out
or give somebody another address. None of them does more than the answer to it says first."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from commands.composition.app import Application
from commands.mail_orders.own_asks import OwnAsks
from commands.mail_orders.people_plans import REGISTERS
from config.mail_words import MAIL_WORDS
from config.order_words import PEOPLE_PHRASES
from handlers.orders.digest_text import fold_line
from handlers.register.agencies import RegisteredContact
from handlers.register.matrix import AgencyRow, CaseRow
from intake.headers.address import strict_address
from outbox.orders.kept_asks import KeptAsk
from outbox.writing.asks import AskTopic, OrderLink, ordered_by

ABOUT_PEOPLE = "These are about whom you name. Each first says what it would do:"
MAX_LINKS = 6
_TO_PUT = "ADDRESS"  # in its place an address is put, before the link is sent
_ADDRESS = re.compile(r"[^\s@:;,<>()\"]{1,64}@[\w.-]{1,190}\w")
_PART = r"[A-Z](?=[^\s]*[a-z])[\w'\u2019-]*"
_NAME = re.compile(rf"{_PART}(?: {_PART}){{1,2}}")
_REGISTERS = re.compile(
    r"register (?:author|commissioner) \S+ \S+ (?P<email>\S+@\S+?): ?(?P<name>.+)"
)
_LEAVES = (
    *MAIL_WORDS.leaving.others,
    *MAIL_WORDS.leaving.takes_over,
    *MAIL_WORDS.leaving.in_place_of,
    *PEOPLE_PHRASES.takes_out,
)
_JOINS = (
    *MAIL_WORDS.leaving.takes_over,
    *MAIL_WORDS.leaving.in_place_of,
    *PEOPLE_PHRASES.registers,
)


@dataclass(frozen=True, slots=True)
class _Known:
    """Somebody registered, and where."""

    case: CaseRow
    agency: AgencyRow
    contact: RegisteredContact

    def is_named_in(self, folded: str) -> bool:
        return _has(folded, self.contact.name) or self.contact.email.casefold() in folded


@dataclass(frozen=True, slots=True)
class PeopleMeant:
    """Reads them of words that were no order."""

    app: Application
    own: OwnAsks

    def links(self, said: str, kept: KeptAsk | None = None) -> tuple[OrderLink, ...]:
        """What the words may ask for, of the agency that the ask is about, else of any."""
        text = " ".join(said.split())
        folded = fold_line(text)
        everybody = list(self._everybody(kept))
        named = [one for one in everybody if one.is_named_in(folded)]
        emails = {one.contact.email.casefold() for one in everybody}
        new = [each for each in _addresses(text) if each.casefold() not in emails]
        if _says(folded, PEOPLE_PHRASES.new_address) and len(new) == 1:
            found = [*self._readdressed(named, new[0], kept)]
        else:
            found = [*self._joining(text, everybody, named, new, kept)]
            found += self._leaving(named, folded, kept)
        there = {link.label for link in kept.ask.links} if kept else set[str]()
        return tuple(link for link in dict.fromkeys(found) if link.label not in there)[:MAX_LINKS]

    def _everybody(self, kept: KeptAsk | None) -> Iterator[_Known]:
        topic = kept.ask.topic if kept else AskTopic()
        for case in self.app.register.case_matrix(self.app.now().date()):
            if case.state == "closed" or topic.case not in ("", case.reference):
                continue
            for agency in case.agencies:
                if topic.agency in ("", agency.code):
                    for contact in self.app.register.people.contacts_of_agency(agency.id):
                        yield _Known(case, agency, contact)

    def _readdressed(
        self, named: Sequence[_Known], new: str, kept: KeptAsk | None
    ) -> Iterator[OrderLink]:
        if len({one.contact.name for one in named}) != 1:
            return
        for one in named:
            order = f"new address {one.contact.email} to {new}"
            yield from self._link(f"new address for {one.contact.name}", order, one, kept)

    def _leaving(
        self, named: Sequence[_Known], folded: str, kept: KeptAsk | None
    ) -> Iterator[OrderLink]:
        """Whoever is named; where the words say in whose place somebody is, those."""
        if not _says(folded, _LEAVES):
            return
        behind = _behind(folded, MAIL_WORDS.leaving.in_place_of)
        gone = [one for one in named if one.is_named_in(behind)] or named
        for one in gone:
            order = f"remove {one.contact.email}"
            yield from self._link(f"remove {one.contact.name}", order, one, kept)

    def _joining(
        self,
        text: str,
        everybody: Sequence[_Known],
        named: Sequence[_Known],
        new: Sequence[str],
        kept: KeptAsk | None,
    ) -> Iterator[OrderLink]:
        """Whoever is named and not registered, where it is plain for which agency."""
        folded = fold_line(text)
        about = named or [one for one in everybody if _has(folded, one.agency.name)]
        about = about or (everybody if kept else [])
        places = {(one.case.reference, one.agency.code): one for one in about}
        if not _says(folded, _JOINS) or len(places) != 1:
            return
        (place,) = places.values()
        known = {fold_line(one.contact.name) for one in everybody} | {fold_line(place.agency.name)}
        names = [name for name in _NAME.findall(text) if fold_line(name) not in known]
        email, name = self._newcomer(names, new, kept)
        if not name or not self.app.may_tell(f"{name} {email}"):
            return
        besides = folded
        for one in everybody:
            besides = besides.replace(fold_line(one.contact.name), "")
        roles = [role for role in REGISTERS.values() if _has(besides, role)]
        for role in roles or REGISTERS.values():
            at = f"{place.case.reference} {place.agency.code}"
            label = f"register {role} {name}" + (": put the address in" if not email else "")
            order = f"register {role} {at} {email or _TO_PUT}: {name}"
            yield from self._link(label, order, place, kept)

    def _newcomer(
        self, names: Sequence[str], new: Sequence[str], kept: KeptAsk | None
    ) -> tuple[str, str]:
        """(their address, their name): as she writes it, else as the message has it."""
        orders = [ordered_by(link) for link in kept.ask.links] if kept else []
        found = [one for order in orders if (one := _REGISTERS.fullmatch(order))]
        for one in found:
            if not new and (not names or fold_line(one["name"]) in map(fold_line, names)):
                return one["email"], one["name"].strip()
        if len(new) > 1 or len(set(names)) > 1:
            return "", ""
        email = new[0] if new else ""
        return email, names[0] if names else email.partition("@")[0]

    def _link(
        self, label: str, order: str, where: _Known, kept: KeptAsk | None
    ) -> Iterator[OrderLink]:
        case, code = where.case.reference, where.agency.code
        topic = AskTopic("agency", (), case, code)
        if kept is not None and kept.ask.topic.sort == "entries":
            topic = AskTopic("entries", kept.ask.topic.items, case, code)
        if self.app.may_tell(order):
            several = kept is None
            shown = f"{label} ({case}, {where.agency.name})" if several else label
            yield self.own.link(shown, order, topic, f"{case}, {where.agency.name}: {label}")


def _addresses(text: str) -> list[str]:
    found = (strict_address(each.strip(".'")) for each in _ADDRESS.findall(text))
    return list(dict.fromkeys(each for each in found if each))


def _says(folded: str, phrases: Sequence[str]) -> bool:
    return any(_has(folded, phrase) for phrase in phrases)


def _behind(folded: str, phrases: Sequence[str]) -> str:
    """What stands behind the first of these."""
    found = [folded.partition(phrase)[2] for phrase in phrases if _has(folded, phrase)]
    return found[0] if found else ""


def _has(folded: str, name: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(fold_line(name))}(?!\w)", folded) is not None
