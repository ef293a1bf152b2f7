"""The stamp of an issued template: a hidden property that says whose it is, and for what.

Does: names the property and the value, and says whether a text is written as a stamp is.
Trusts: nothing; whether a stamp is ours is for `handlers/register/stamps.py`, which has the key.
Never touches: documents, keys: this much of it is in the worker.
Known limits: none.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

PROPERTY = "ScrIntakeStamp"  # the name of the custom document property
LONGEST = 400

_FORM = re.compile(r"(?:[A-Za-z0-9_.~%-]{1,90}/){3}[0-9a-f]{32}")


@dataclass(frozen=True, slots=True)
class Stamp:
    """What an issued template is for. `kind` is a kind id."""

    reference: str
    code: str
    kind: str

    def is_for(self, reference: str, code: str) -> bool:
        mine, theirs = (self.reference, self.code), (reference, code)
        return [word.casefold() for word in mine] == [word.casefold() for word in theirs]


def kind_of(properties: Mapping[str, str]) -> str:
    """The kind that a document's stamp points at; "" where it has none."""
    stamp = properties.get(PROPERTY, "")
    return stamp.split("/")[2] if in_form(stamp) else ""


def in_form(text: str) -> bool:
    """Whether it is written as a stamp is: all that may leave the worker of a property."""
    return len(text) <= LONGEST and _FORM.fullmatch(text) is not None
