"""Tells of strangers' messages that wait for their turn: how many, from where, what can be done.

A domain is what a sender claims.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from math import ceil

from config.calendar import date_without_year
from config.english import count_noun, join_with_and
from config.international_address import domain_to_ascii
from intake.unregistered_senders import MESSAGES_PER_DAY, WaitingDomain
from outbox.writing import commands_to_paste
from outbox.writing.digest_facts import Need

MAX_NAMED_DOMAINS = 3  # domains that are named; the rest are counted
_LONGEST = 60  # characters of a domain that are told
_REGISTER = commands_to_paste.register_command("REF", "CODE", "author")


@dataclass(frozen=True, slots=True)
class StrangersInTurn:
    """What is told of them: what asks for somebody, and what is for information."""

    needs: tuple[Need, ...]
    notes: tuple[str, ...]


def left_in_mailbox_notes(number: int) -> Iterator[str]:
    """That messages of people not registered were left where they lie since the last digest."""
    if number:
        mails = "A mail from somebody" if number == 1 else f"{number:,} mails from people"
        was, them = ("was", "it") if number == 1 else ("were", "them")
        yield (
            f"{mails} not registered {was} left in the mailbox, since nothing in {them} seemed to"
            " be for the service. Please look there yourself now and then."
        )


def tell_strangers_in_turn(
    turns: Sequence[WaitingDomain],
    domains: Collection[str],
    may_say: Callable[[str], bool],
    now: datetime,
) -> StrangersInTurn:
    """`domains` are those of registered people; of those what waits for the next rounds alone is
    not asked about. `now` is in the board's time zone."""
    ours = [turn for turn in turns if turn.full and turn.domain in domains]
    others = [turn for turn in turns if turn not in ours]
    return StrangersInTurn(
        tuple(_need(turn, may_say, now) for turn in ours), tuple(_notes(others, may_say, now))
    )


def domain_as_told(domain: str, may_say: Callable[[str], bool]) -> str:
    """A domain as it may be told: the sender chose it, and could have put anything there."""
    if len(domain) <= _LONGEST and domain_to_ascii(domain) == domain and may_say(domain):
        return domain
    return "a domain that is not told here"


def _need(turn: WaitingDomain, may_say: Callable[[str], bool], now: datetime) -> Need:
    return Need(
        f"{count_noun(turn.messages, 'message')} from {domain_as_told(turn.domain, may_say)}, where"
        f" people are registered, {_wait(turn.messages)} for {_their(turn.messages)} turn since"
        f" {_since([turn], now)}: the senders themselves are not registered, and of one domain"
        f" {MESSAGES_PER_DAY} such messages a day are taken in ({_last([turn])}). To register one,"
        " so that theirs come at once:",
        _REGISTER,
    )


def _notes(
    turns: Sequence[WaitingDomain], may_say: Callable[[str], bool], now: datetime
) -> Iterator[str]:
    if not turns:
        return
    number = sum(turn.messages for turn in turns)
    says = (
        f"{count_noun(number, 'message')} of strangers {_wait(number)} for {_their(number)} turn"
        f" since {_since(turns, now)}: {_from(turns, may_say)}. Untouched where they lie, they are"
        " taken in after everybody else's"
    )
    if any(turn.full for turn in turns):
        says += f", {MESSAGES_PER_DAY} a day of one domain ({_last(turns)})"
    yield (
        f"{says}. What is not for the service can be moved or deleted in the mailbox. Who sends"
        f" returns comes first once registered: `{_REGISTER}`"
    )


def _from(turns: Sequence[WaitingDomain], may_say: Callable[[str], bool]) -> str:
    """ "200 from shop.example, 100 from spam.example and 40 from 12 other domains"."""
    most = max(turn.messages for turn in turns)
    if most == 1 and len(turns) > MAX_NAMED_DOMAINS + 1:
        return f"{len(turns):,} from as many domains"
    shown = turns if len(turns) <= MAX_NAMED_DOMAINS + 1 else turns[:MAX_NAMED_DOMAINS]
    parts = [f"{turn.messages:,} from {_named(turn.domain, may_say)}" for turn in shown]
    rest = turns[len(shown) :]
    if rest:
        parts.append(f"{sum(t.messages for t in rest):,} from {len(rest):,} other domains")
    return join_with_and(parts)


def _named(domain: str, may_say: Callable[[str], bool]) -> str:
    return domain_as_told(domain, may_say) if domain else "senders who give no address"


def _last(turns: Sequence[WaitingDomain]) -> str:
    days = max(ceil(turn.messages / MESSAGES_PER_DAY) for turn in turns if turn.full)
    return "the last of them tomorrow" if days == 1 else f"the last of them in {days:,} days"


def _since(turns: Sequence[WaitingDomain], now: datetime) -> str:
    return date_without_year(min(turn.since for turn in turns).astimezone(now.tzinfo).date())


def _wait(number: int) -> str:
    return "waits" if number == 1 else "wait"


def _their(number: int) -> str:
    return "its" if number == 1 else "their"
