"""One blank of a form, and what answers it."""

from __future__ import annotations

from dataclasses import dataclass

from config.kind_shape import Field
from config.not_yet_in_blanks import NO_VALUE_CLASSES
from handlers.fields.label_meanings import FoundField
from handlers.fields.people import NOBODY_NAMED, reason_names_nobody
from handlers.findings import FindingPlace
from handlers.values.blanks_not_filled import (
    NoValue,
    day_not_settled,
    read_no_value,
    read_postponed_value,
)
from handlers.values.pointing import points_to

# What is entered in them is short.
SIGNING_FIELDS = frozenset({"signature", "name", "role", "date"})
NAME_FIELDS = frozenset({"signature", "name"})
POINTED_BACK = NoValue("elsewhere", NO_VALUE_CLASSES["elsewhere"].says)
ANSWERING_KINDS = frozenset({"unknown", "nothing"})  # elsewhere: "Records searched: none"


@dataclass(frozen=True, slots=True)
class FieldAnswer:
    """One blank of the form. `filled` is None when not even its label is there; `said` that its
    label is not there and the running text answers it, `unclear` that it may be there all the
    same."""

    field: Field
    filled: FoundField | None
    said: bool = False
    unclear: bool = False  # it may stand in what was not understood
    told: str = ""  # what the sentences of a letter answer it with
    another: bool = False  # the first of two people left it blank, and the second did not
    theirs: frozenset[str] = frozenset()  # the agency's names, which are nobody's
    job: bool = False  # a job stands where a name should be
    over_name: bool = False  # a name is printed under the line to sign on, and nothing on it

    @property
    def field_key(self) -> str:
        return self.field.key

    @property
    def entered_text(self) -> str:
        return self.filled.text if self.filled and self.no_value is None else ""

    @property
    def no_value(self) -> NoValue | None:
        """What the text says in place of an answer: "TBC", "awaiting signature"."""
        if self.filled is None or self.filled.picture:
            return None
        if self.points_back:
            return POINTED_BACK
        if self.field.reads_as in NAME_FIELDS:
            return NOBODY_NAMED if self.job else reason_names_nobody(self.filled.text, self.theirs)
        if self.field.reads_as in SIGNING_FIELDS:
            return read_postponed_value(self.filled.text)
        found = read_no_value(self.filled.text)
        return None if found and found.kind in ANSWERING_KINDS else found

    @property
    def points_back(self) -> bool:
        """Whether it points to another line of the form, which may hold the answer: "as above"."""
        asked = self.field.reads_as in SIGNING_FIELDS - NAME_FIELDS
        return asked and self.filled is not None and points_to(self.filled.text) == "here"

    @property
    def not_settled(self) -> bool:
        """Whether a day stands there, and that it is still to come."""
        day = self.filled.text if self.filled and self.field.reads_as == "date" else ""
        return day_not_settled(day)

    @property
    def is_blank(self) -> bool:
        return self.filled is None or self.filled.is_blank or self.no_value is not None

    @property
    def is_answered(self) -> bool:
        return self.said or bool(self.told) or not self.is_blank

    @property
    def finding_place(self) -> FindingPlace:
        return FindingPlace(section=self.field.label)
