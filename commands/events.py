"""The rows of the record, each as a sentence in plain English.

Does: words what was logged, decided, moved, opened and told, and by whose hand.
Trusts: the record.
Never touches: sealed parts, but for the reason of a decision, which a person gave.
Known limits: what a later version recorded is told by its bare name.
"""

from __future__ import annotations

from collections.abc import Callable

from commands.house import House
from commands.once import UNRECOGNISED
from handlers.post.attribution import REASONS
from handlers.post.report import STOPS
from handlers.register.history import Event


def sentence(house: House, event: Event) -> str:
    return SENTENCES.get(event.what, _other)(house, event)


def _logged(house: House, event: Event) -> str:
    came = f"delivery {event.delivery}" if event.delivery else "a delivery"
    verdict = _VERDICTS[event.verdict or ""]
    return f"{event.agency}: {_noun(house, event.kind)} {verdict} (entry {event.entry}, {came})."


def _set_apart(house: House, event: Event) -> str:
    return (
        f"Delivery {event.delivery} was set apart (entry {event.entry}):"
        f" {REASONS.get(event.why or '', 'a person has to look')}."
    )


def _again(house: House, event: Event) -> str:
    return f"Entry {event.entry} came again, in delivery {event.delivery}."


def _settled(house: House, event: Event) -> str:
    return f"{_return(house, event)} settled by the nil return (entry {event.entry})."


def _moved(house: House, event: Event) -> str:
    return f"{_return(house, event)} now {event.state} (decision {event.decision})."


def _decided(house: House, event: Event) -> str:
    made = house.register.decisions.get(event.decision or 0)
    about = f" entry {event.entry}" if event.entry else ""
    agency = f" for {event.agency}" if event.agency else ""
    until = f" until {event.until}" if event.until else ""
    why = f" {made.because.by}: {made.because.reason}" if made else ""
    agreed = f" (agreed by {made.because.agreed_by})" if made and made.because.agreed_by else ""
    return f"Decision {event.decision}, {event.did}{about}{agency}{until}, by{why}{agreed}."


def _opened(house: House, event: Event) -> str:
    return f"A copy of entry {event.entry} was decrypted to be read."


def _absence(house: House, event: Event) -> str:
    until = f" until {event.until}" if event.until else ""
    return f"Somebody registered wrote that they are away{until} (delivery {event.delivery})."


def _back(house: House, event: Event) -> str:
    """By a decision, which has a line of its own, or by a message."""
    if event.decision:
        return f"A note that somebody is away ended (decision {event.decision})."
    return f"Somebody who was away wrote again (delivery {event.delivery})."


def _bounce(house: House, event: Event) -> str:
    said = _REPORTED[event.weight or ""]
    stops = event.weight in STOPS and not event.proof
    but = "; nothing proves the report, and nothing was stopped by it" if stops else ""
    return f"{event.agency}: by a report, a letter of ours {said} (delivery {event.delivery}){but}."


def _check_asked(house: House, event: Event) -> str:
    return f"{event.agency}: a check was asked for, and nothing logged (delivery {event.delivery})."


def _letter(house: House, event: Event) -> str:
    return f"A person decided about a letter: {event.what}."


def _loaded(house: House, event: Event) -> str:
    return f"The case file was loaded: {event.changes} changes."


def _milestone(house: House, event: Event) -> str:
    return f"What was to be on {event.until} was marked done."


def _noun(house: House, kind: str | None) -> str:
    known = house.kinds.get(kind)
    return known.noun if known else UNRECOGNISED


def _return(house: House, event: Event) -> str:
    for case in house.register.matrix(house.now().date()):
        for agency in case.agencies:
            for row in agency.returns:
                if row.id == event.owed:
                    return f"{agency.code}: {_noun(house, row.kind)}"
    return f"Return {event.owed}"


def _other(house: House, event: Event) -> str:
    """What a later version recorded."""
    return f"{event.what.capitalize()}."


_REPORTED = {
    "hard": "came back",
    "soft": "was given up for now",
    "late": "is late",
    "delivered": "arrived",
    "": "may not have arrived",
}
_VERDICTS = {
    "accept": "accepted",
    "reject": "needs changes",
    "refer": "referred to a person",
    "hold": "held",
    "automatic": "recorded",
}
SENTENCES: dict[str, Callable[[House, Event], str]] = {
    "case loaded": _loaded,
    "milestone done": _milestone,
    "logged": _logged,
    "set apart": _set_apart,
    "came again": _again,
    "settled": _settled,
    "decided": _decided,
    "moved": _moved,
    "opened": _opened,
    "absence": _absence,
    "back": _back,
    "bounce": _bounce,
    "check asked": _check_asked,
    "keys rotated": _other,
    "backed up": _other,
    "clock accepted": _other,
    "letter released": _letter,
    "letter tried again": _letter,
    "letter cancelled": _letter,
}
