"""The commands that settle what waits in one line together."""

from __future__ import annotations

from collections.abc import Iterator

from handlers.register.returns import EXTENSION_REQUEST
from handlers.register.set_apart_reasons import SetApartReason
from outbox.digest.open_question import OpenQuestion
from outbox.writing import commands_to_paste

# A case or an agency may be given to these.
_ASSIGNED = frozenset(
    {
        SetApartReason.AGENCY_UNKNOWN,
        SetApartReason.CASE_UNCLEAR,
        SetApartReason.CASE_OTHER,
        SetApartReason.SENDER_UNKNOWN,
        SetApartReason.SENDER_NAMED,
    }
    | {
        SetApartReason.SENDER_UNPROVEN,
        SetApartReason.SENDER_SHOWN,
        SetApartReason.SENDER_WEBMAIL,
        SetApartReason.SEALED_UNKNOWN,
    }
)


def group_ways(ask: OpenQuestion, name: str, at_once: bool) -> tuple[str, tuple[str, ...]]:
    """The command for all that are like this one, and the other ways. Where one of them may hold a
    return the command lists them first."""
    show, reject = (
        commands_to_paste.show_group_command(name),
        commands_to_paste.reject_group_command(name),
    )
    if at_once:
        return reject, (f"To list them: `{show}`",)
    if ask.is_agency_return:
        return show, tuple(_settles(ask, name))
    left = f"To put away what is left of them: `{reject}`"
    if ask.whose or ask.entry.reason not in _ASSIGNED:
        return show, (left,)
    return show, (left, f"To say whose they are: `{commands_to_paste.assign_group_command(name)}`")


def _settles(ask: OpenQuestion, name: str) -> Iterator[str]:
    """What may be done with many documents of an agency's, once they were looked at."""
    if ask.entry.kind is None:
        command = commands_to_paste.group_kind_command(name)
        yield f"To say what they are: `{command}` {kinds_it_may_be(ask, 'they are')}"
    elif ask.entry.kind != EXTENSION_REQUEST:
        yield f"To accept what is left of them: `{commands_to_paste.accept_group_command(name)}`"


def kinds_it_may_be(ask: OpenQuestion, they_are: str) -> str:
    """What KIND may be."""
    return (
        f"KIND is {', '.join(ask.owed)}; or none: {they_are} no return then, and nobody is written"
        " to."
    )
