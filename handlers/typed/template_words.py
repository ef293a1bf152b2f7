"""An instruction in brackets that a template prints: "[Insert event]", "[Lessons to go here]".

Does: finds such instructions, says by which words each is known, whether it may be quoted, and what
its author writes in its place.
Trusts: `config/no_values.toml` for the words they begin and end with.
Never touches: documents. What it means that one was left is for each judge.
Known limits: words in brackets that instruct nobody ("[name removed]", "[sic]") are the author's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from config.no_values import TEMPLATE
from config.refusals import REFUSALS
from handlers.typed.fold import fold

_BRACKETS = re.compile(r"\[([^\[\]<>]{3,200})\]|<([^\[\]<>]{3,200})>")
_ENDS = re.compile(r"[\]>.\n\t]")
LONGEST = 60  # characters of an instruction that say what it asks for
_OF_A_PERSON = frozenset({"name", "role", "date"})
_QUOTES = "\"'“”‘’«"


def instructions(text: str) -> Iterator[tuple[str, bool]]:
    """For each instruction the words to look for, and whether it is certainly no quotation."""
    for found in _BRACKETS.finditer(text):
        if look := _known_by(found[1] or found[2]):
            before = text[: found.start()].rstrip()[-1:]
            yield look, not (before and before in _QUOTES)


def is_instruction(text: str) -> bool:
    """Whether nothing but such instructions stands there."""
    rest = _BRACKETS.sub("", text)
    return not fold(rest) and any(sure for _, sure in instructions(text))


def instead_of(text: str, look: str, *, anonymous: bool = False) -> str:
    """What to do about the instruction in a text that is known by the words `look`; "" where they
    ask for nothing known, or for several things at once. `anonymous`: real names have no place
    there."""
    at = text.casefold().find(look.casefold())
    said = _ENDS.split(text[at if at > 0 else 0 :].lstrip("[<")[:LONGEST], maxsplit=1)[0]
    words = set(fold(said).split())
    asked = [one for one in TEMPLATE.asks if not words.isdisjoint(one.words)]
    person = {one.what for one in asked} & _OF_A_PERSON
    if not asked or len(person) > 1:
        return ""
    named = anonymous and asked[0].what in ("name", "signature")
    return REFUSALS["template"]["person"].fix if named else asked[0].fix


def _known_by(inner: str) -> str:
    said = f" {fold(inner)} "
    for words in TEMPLATE.begins:
        if said.startswith(f" {words} "):
            return words
    return next((words for words in TEMPLATE.ends if said.endswith(f" {words} ")), "")
