"""Reads from a delivery report how final a failure is, why, and of which mail (RFC 3464, RFC 3463).

Anyone can write such a report: it counts only if an id in `named` is one that we made (failure mode
71), which the outbox checks. Servers that write no fields (qmail, Exim) say it in words, before the
copy of what they return; words that say neither that it was for good nor that it is still tried
have no weight.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator

from config.bounce_reasons import BOUNCE_REASONS, BounceReason
from intake.decoding import decode_text
from intake.headers import header_block, message_ids
from intake.message.message import Bounce
from intake.message.mime import MimeLeaf

_STATUS_KINDS = frozenset({"message/delivery-status", "message/global-delivery-status"})
_ORIGINAL_KINDS = frozenset({"message/rfc822", "message/global", "text/rfc822-headers"})
_READ = 100_000

_FIELD = re.compile(r"^(action|status)[ \t]*:[ \t]*([^\s;(]{1,40})", re.I | re.M)
_DIAGNOSTIC = re.compile(
    r"^diagnostic-code[ \t]*:(.{0,2000}(?:\r?\n[ \t].{0,2000}){0,40})", re.I | re.M
)
_CODE = re.compile(r"(?<![\d.])[245]\.(\d{1,3}\.\d{1,3})(?![\d.]*\d)")  # RFC 3463, not an address
_STILL_TRIED = re.compile(r"\bwarning\b.{0,60}\bdelayed|has not yet been delivered"
                          r"|still (?:be )?try|no action is required", re.I)  # fmt: skip
_FOR_GOOD = re.compile(r"permanent (?:error|failure)|\b5\d\d[ -]5\.\d+\.\d+|\b55[0-4][ -]", re.I)
# The format of qmail, QSBMF: its first words, in which "qmail-send program at" may be another.
_QMAIL = re.compile(r"\s{0,20}Hi\. This is the\b")
# Where a report in words goes on with a copy of what it returns, or with its headers.
_COPY = re.compile(r"^-+.{0,40}\b(?:copy|original message)\b"
                   r"|^[> \t]*(?:return-path|received|message-id):", re.I | re.M)  # fmt: skip
_BLANK_LINE = re.compile(r"\r?\n[ \t]*\r?\n")
_QUOTED_ID = re.compile(r"^[> \t]*message-id:[ \t]*(<[^<>\s]{1,250}>)", re.I | re.M)

# What each Action and class of Status come to; "" stands for one that is not there. A temporary
# status with a final "failed" is soft: the address itself may be sound. Who still tries has not
# failed, whatever else they say. What is not in this table says two things at once, or nothing.
_WEIGHS = {
    ("failed", "5"): "hard", ("failed", ""): "hard", ("", "5"): "hard", ("failed", "4"): "soft",
    ("delayed", "4"): "late", ("delayed", ""): "late", ("delayed", "5"): "late", ("", "4"): "late",
    ("delivered", "2"): "delivered", ("delivered", ""): "delivered", ("", "2"): "delivered",
    ("relayed", "2"): "delivered", ("relayed", ""): "delivered",
    ("expanded", "2"): "delivered", ("expanded", ""): "delivered",
}  # fmt: skip
_MOST_NAMED = 10


def read_delivery_report(leaves: Iterable[MimeLeaf], failed: bool = False) -> Bounce:
    """The report in these leaves; an empty Bounce when they hold none. `failed` says that its
    headers name who could not be reached, which is how Exim reports."""
    told: list[tuple[str, str]] = []
    said: list[str] = []
    named: dict[str, None] = {}
    for leaf in leaves:
        if leaf.kind in _STATUS_KINDS:
            told += _told(decode_text(leaf.content[:_READ]))
        else:
            named.update(dict.fromkeys(_named_in(leaf)))
        if leaf.kind == "text/plain":
            said.append(decode_text(leaf.content[:_READ]))
    if not told and said:
        told.append(_told_in_words("\n".join(said), failed=failed))
    weight = _agreed({weight for weight, _ in told})
    reasons = {why for _, why in told if why}
    why = reasons.pop() if len(reasons) == 1 and weight in ("hard", "soft") else ""
    return Bounce(weight, tuple(named)[:_MOST_NAMED], why)


def _told_in_words(report: str, *, failed: bool) -> tuple[str, str]:
    """What a report without fields says: whether the letter was given up and why, or is tried
    still. One that does not say that it failed has no weight."""
    copy = _COPY.search(report)
    words = report[: copy.start()] if copy else report
    if _STILL_TRIED.search(words):
        return "late", ""
    if not (failed or _QMAIL.match(words) or _FOR_GOOD.search(words)):
        return "", ""
    why = _reason("", words)
    closes = why.closes if why else bool(_FOR_GOOD.search(words))
    return ("hard" if closes else "soft"), (why.id if why else "")


def _reason(status: str, words: str) -> BounceReason | None:
    """By its words, which say more than a code does; else by the code."""
    folded = " ".join(words.lower().split())
    found = next((r for r in BOUNCE_REASONS if any(word in folded for word in r.words)), None)
    if found is not None:
        return found
    codes = [*_CODE.findall(status), *_CODE.findall(words)]
    return next((r for code in codes for r in BOUNCE_REASONS if code in r.codes), None)


def _agreed(weights: Collection[str]) -> str:
    """What all of it comes to. A letter of ours has one reader: a report in which one part says
    that it failed and another does not is no ground to stop writing to them."""
    if weights == {"late", "delivered"}:
        return "late"
    return next(iter(weights)) if len(weights) == 1 else ""


def _told(report: str) -> Iterator[tuple[str, str]]:
    """What each block about a recipient says, and why; the one about the server says nothing."""
    for block in _BLANK_LINE.split(report):
        told: dict[str, set[str]] = {}
        for name, value in _FIELD.findall(block):
            told.setdefault(name.lower(), set()).add(value.lower())
        if told:
            statuses = told.get("status", {""})
            weight = _weight(told.get("action", {""}), {s[:1] for s in statuses})
            why = _reason(" ".join(statuses), "\n".join(_DIAGNOSTIC.findall(block)))
            # A full mailbox is no dead one, whatever class its server gives to that.
            softer = weight == "hard" and why is not None and not why.closes
            yield "soft" if softer else weight, why.id if why else ""


def _weight(actions: set[str], classes: set[str]) -> str:
    said = [(action, kind) for action in actions for kind in classes]
    return _WEIGHS.get(said[0], "") if len(said) == 1 else ""


def _named_in(leaf: MimeLeaf) -> list[str]:
    if leaf.kind in _ORIGINAL_KINDS:
        block_and_body = header_block.split_header_block(leaf.content, _READ) or (
            leaf.content[:_READ],
            b"",
        )
        named = message_ids.parse_message_id(header_block.parse_headers(block_and_body[0]))
        return [named] if named else []
    if leaf.kind == "text/plain":
        return [
            i
            for i in map(
                message_ids.strict_message_id, _QUOTED_ID.findall(decode_text(leaf.content[:_READ]))
            )
            if i
        ]
    return []
