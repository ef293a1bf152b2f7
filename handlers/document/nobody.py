"""What stands in a blank for a name or a signature and is nobody's: "on", "Sign above", "Mr/Mrs".

Does: says of such a value why it is none: words that join a name to the rest or show where to sign,
a title without a name, an agency's name alone, and what else says that nothing is there yet.
Trusts: `config/no_values.toml` and `config/labels.toml` for the words.
Never touches: documents; what a job by itself is worth is for each judge.
Known limits: an agency is known by its own name or by the last word of it. A person whose surname
is such a word ("Jane City") is taken for one, save with an initial or a title.
"""

from __future__ import annotations

import re
from collections.abc import Collection

from config.labels import HONOURS, ORGANISATIONS
from config.no_values import NO_VALUES, UNNAMED
from handlers.typed.fold import fold
from handlers.typed.no_value import NoValue, only, put_off

_KIND = "nobody"
NOBODY = NoValue(_KIND, NO_VALUES[_KIND].says)

_BEHALF = re.compile(r"^(?:signed )?(?:for and )?on behalf of(?: the)? |^(?:signed )?for (?:the )?")


def nobody(text: str, theirs: Collection[str] = ()) -> NoValue | None:
    """Why a value is nobody's name or signature; None where it may be somebody's. `theirs` are the
    folded names of the agency that sent it."""
    told = put_off(text)
    if told is not None:
        return told
    whose = _BEHALF.sub("", fold(text))
    if only(text, NO_VALUES[_KIND].alone) or whose in theirs or _is_agency(text, whose):
        return NOBODY
    return None


def unnamed(signature: str) -> str:
    """How a signature names nobody who signed: "who-signed" of "Yes" and "electronically",
    "for-another" of "pp A. Green"; "" where it names somebody."""
    said = fold(signature)
    if any(f"{said} ".startswith(f"{words} ") for words in UNNAMED.for_another):
        return "for-another"
    return "who-signed" if said in UNNAMED.signed else ""


def _is_agency(text: str, whose: str) -> bool:
    """Whether nothing but an agency's name stands there: "on behalf of Meadow Lane Surgery"."""
    words = whose.split()
    named = any(word in HONOURS or len(word) == 1 for word in words)
    if len(words) < 2 or named or re.search(r"[,;:\n\t(]|\s[-\u2013\u2014/|]\s", text.strip(" .:")):
        return False
    return words[-1] in ORGANISATIONS
