"""What is asked back of whatever was no clear order, with the nearest meanings as links."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from commands.answers import QUESTION_WORDS
from commands.composition.app import Application
from commands.mail_orders.lookups import link_maker, link_to_newest, said_short
from commands.mail_orders.other_days import WHICH_DAY, links_still_open, other_day_links
from commands.mail_orders.own_asks import OwnAsks
from commands.mail_orders.people_meant import ABOUT_PEOPLE, PeopleMeant
from handlers.orders.courtesies import without_pleasantries
from handlers.orders.digest_text import fold_line
from handlers.orders.order import OrderQuestion
from outbox.digest.offers import ANSWER
from outbox.orders.kept_asks import KeptAsk
from outbox.writing.asks import (
    MAX_LINK_CHARS,
    Offer,
    OrderLink,
    OrderOutcome,
    OrderResult,
    ordered_by,
)

_PERHAPS = "Perhaps you meant this:"
_WHOLE = "As it was read, it says:"
_SO = "send it as it was read"
_BY_ITS_LINK = "more time until another date"
_CHOOSE = f"Nothing is done yet. {WHICH_DAY}"
_TOO_LONG = "It is too long for a link: send it once more by itself, in one paragraph."
_MOST_OF_ANSWER = 1_900  # characters of a link; all programs open one as long
_SOME_WORDS = 3  # that can be an answer


@dataclass(frozen=True, slots=True)
class AskingBack:
    """Of one mail: the asks of what it answers, and its words that are no order."""

    app: Application
    asks: Sequence[KeptAsk]
    words: Sequence[str]
    own: OwnAsks

    def ask_back(self, asked: OrderQuestion) -> OrderResult:
        """What was not understood, and what may be done instead."""
        kept = next((each for each in self.asks if each.ask.number == asked.number), None)
        line = f' Your line begins: "{asked.line}".' if asked.line else ""
        says = f"Nothing was done for this, since {QUESTION_WORDS[asked.why]}.{line}"
        if kept is None:
            return self._about_no_number(says)
        days = other_day_links(self.app, kept, asked)
        if days and fold_line(asked.said).rstrip(" .").endswith(_BY_ITS_LINK):
            step = OrderOutcome.ONE_MORE_STEP
            return OrderResult(kept.ask.number, said_short(kept), (_CHOOSE,), days, step)
        if days:
            return OrderResult(kept.ask.number, said_short(kept), (says, WHICH_DAY), days)
        links = links_still_open(self.app, kept)
        result = OrderResult(kept.ask.number, said_short(kept), (says,), links)
        if asked.told:
            return self._as_told(result, asked.told, kept)
        return self._with_people(result, asked.said, kept)

    def _as_told(self, result: OrderResult, told: str, kept: KeptAsk) -> OrderResult:
        """With the whole answer as it would be told, and the link that tells it so."""
        if not self.app.may_tell(told):
            return result
        link = link_maker(self.app)(Offer(_SO, told), kept)
        if len(link.mailto) > _MOST_OF_ANSWER:
            return replace(result, says=(*result.says, f"{_WHOLE} {told}", _TOO_LONG))
        says = (*result.says, f"{_WHOLE} {told}")
        return replace(result, says=says, links=(link, *result.links))

    def _with_people(self, result: OrderResult, said: str, kept: KeptAsk | None) -> OrderResult:
        """With the links about whom the words name, before all others."""
        begun = len(self.own.made)
        people = PeopleMeant(self.app, self.own).links(said, kept)
        if not people:
            return result
        asks = self.own.made_since(begun)
        says, links = (*result.says, ABOUT_PEOPLE), (*people, *result.links)
        return replace(result, says=says, links=links, asks=asks)

    def _about_no_number(self, says: str) -> OrderResult:
        """With the links of the one ask that it may be about."""
        newest = link_to_newest(self.app)
        about = self._about()
        if about is None:
            return self._with_people(
                OrderResult(0, "", (says,), (newest,)), " ".join(self.words), None
            )
        links = (*self._in_these_words(about), *about.ask.links, newest)
        result = OrderResult(0, said_short(about), (says, _PERHAPS), links)
        return self._with_people(result, " ".join(self.words), None)

    def _about(self) -> KeptAsk | None:
        """The only one that there is, or the only one whose agency or sender is named."""
        open_asks = [kept for kept in self.asks if kept.ask.links]
        said = set(re.findall(r"[^\W\d_]{3,}", fold_line(" ".join(self.words))))
        named = [kept for kept in open_asks if said & self._names(kept)]
        found = open_asks if len(open_asks) == 1 else named
        return found[0] if len(found) == 1 else None

    def _names(self, kept: KeptAsk) -> set[str]:
        """The words by which she may call whom an ask is about."""
        topic = kept.ask.topic
        places = [
            place
            for place in self.app.register.people.places_of_agency(topic.agency)
            if place.reference == topic.case
        ]
        people = self.app.register.people
        names = [each.name for p in places for each in people.contacts_of_agency(p.agency_id)]
        return {word for name in names for word in fold_line(name).split() if len(word) > 2}

    def _in_these_words(self, kept: KeptAsk) -> Iterator[OrderLink]:
        """Where they can be an answer to somebody, and may leave."""
        words = " ".join(without_pleasantries(self.words))
        answers = any(ordered_by(link) == ANSWER.order for link in kept.ask.links)
        if not answers or len(words.split()) < _SOME_WORDS or not self.app.may_tell(words):
            return
        link = link_maker(self.app)(Offer("answer in these words", f"answer: {words}"), kept)
        if len(link.mailto) <= MAX_LINK_CHARS:
            yield link
