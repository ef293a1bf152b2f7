"""What a delivery report reports.

Does: reads how final a failure is, and which mail of ours it is about.
Trusts: nothing. Anyone can write such a report; it counts only if an id in `named` is one that we
made (failure mode 71), which the outbox knows and this module does not.
Never touches: addresses: the letter behind a Message-ID says whom it was for.
Known limits: a report in words alone has no weight.
Source: RFC 3464, RFC 3463.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from intake.message import headers as header_block
from intake.message import ids
from intake.message.message import Bounce
from intake.message.parts import Leaf
from intake.message.text import decoded

_STATUS_KINDS = frozenset({"message/delivery-status", "message/global-delivery-status"})
_ORIGINAL_KINDS = frozenset({"message/rfc822", "message/global", "text/rfc822-headers"})
_READ = 100_000

_FIELD = re.compile(r"^(action|status)[ \t]*:[ \t]*([^\s;(]{1,40})", re.I | re.M)
_BLANK_LINE = re.compile(r"\r?\n[ \t]*\r?\n")
_QUOTED_ID = re.compile(r"^[> \t]*message-id:[ \t]*(<[^<>\s]{1,250}>)", re.I | re.M)

# What each Action and each class of Status comes to, and which outweighs which.
_WEIGHS = {
    "failed": "hard", "delayed": "soft", "delivered": "delivered", "relayed": "delivered",
    "expanded": "delivered", "5": "hard", "4": "soft", "2": "delivered",
}  # fmt: skip
_HEAVIEST_FIRST = ("hard", "soft", "delivered")
_MOST_NAMED = 10


def read(leaves: Iterable[Leaf]) -> Bounce:
    """The report in these leaves; an empty Bounce when they hold none."""
    weights: set[str] = set()
    named: dict[str, None] = {}
    for leaf in leaves:
        if leaf.kind in _STATUS_KINDS:
            weights.update(map(_weight, _BLANK_LINE.split(decoded(leaf.content[:_READ]))))
        else:
            named.update(dict.fromkeys(_named_in(leaf)))
    heaviest = next((weight for weight in _HEAVIEST_FIRST if weight in weights), "")
    return Bounce(heaviest, tuple(named)[:_MOST_NAMED])


def _weight(about_one: str) -> str:
    """What a report's block about one recipient says.

    A temporary status with a final "failed" is soft: the address itself may be sound.
    """
    told = {name.lower(): value.lower() for name, value in reversed(_FIELD.findall(about_one))}
    by_status = _WEIGHS.get(told.get("status", "")[:1], "")
    by_action = _WEIGHS.get(told.get("action", ""), "")
    if by_action == "delivered":
        return by_action
    return by_status or by_action


def _named_in(leaf: Leaf) -> list[str]:
    if leaf.kind in _ORIGINAL_KINDS:
        block_and_body = header_block.cut(leaf.content, _READ) or (leaf.content[:_READ], b"")
        named = ids.message_id(header_block.parse(block_and_body[0]))
        return [named] if named else []
    if leaf.kind == "text/plain":
        return [i for i in map(ids.strict, _QUOTED_ID.findall(decoded(leaf.content[:_READ]))) if i]
    return []
