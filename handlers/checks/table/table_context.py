"""What every check has before it: the columns, the facts of the case, the subjects, the sender."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from config.calendar import day_month_and_year
from config.kind import Kind
from config.kind_shape import ReadAs, TableShape
from config.label_words import NAME_TITLES
from config.rules import VALUE_REFUSALS, Severity
from config.side_table_words import SIDE_TABLE_WORDS
from handlers.checks.table.entry import UNSEEN_TEXT, TableEntry
from handlers.context import AgencyFacts, Context, Subject
from handlers.findings import FindingPlace, Findings
from handlers.values.agency_names import agency_name_to_enter, is_short_for, names_agency
from handlers.values.normalise import fold_text

MAX_SUBJECT_LENGTH = 200  # characters of a cell that are read
MAX_REMEMBERED_TEXTS = 500  # different texts whose answer is kept

_APART = re.compile(r"[/,&+;\n\t|]|\band\b", re.IGNORECASE)
_BRACKETS = re.compile(r"\([^()]*\)")
# "Sister" may be somebody of the family, and "Lord" a surname.
_GENERIC = (NAME_TITLES - {"lord", "sister"}) | {
    "child", "baby", "young", "person", "adult", "subject", "the", "of", "unborn", "sibling",
    "half", "step",
}  # fmt: skip
_SHORT = {
    "mum": "mother", "mummy": "mother", "mam": "mother", "mom": "mother", "mo": "mother",
    "dad": "father", "daddy": "father", "fa": "father", "sib": "sibling", "sis": "sister",
    "bro": "brother", "gran": "grandmother", "nan": "grandmother", "grandad": "grandfather",
    "mgm": "maternal grandmother", "mgf": "maternal grandfather", "pgm": "paternal grandmother",
    "pgf": "paternal grandfather", "sf": "stepfather", "sm": "stepmother",
}  # fmt: skip
_ANYBODY = {
    "family", "the family", "whole family", "all family", "parents", "both parents", "siblings",
    "children", "the children", "all children", "all", "household",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class NamedSubjects:
    """The subjects a cell names, how many names it holds, and whether one is nobody we know."""

    subjects: tuple[Subject, ...]
    names: int
    unknown: bool

    def has_minor(self, day: date | None) -> bool | None:
        """Whether any of them is under 18 on `day`; None where that cannot be known."""
        if day is None or not self.subjects:
            return None
        answers = [_under_18(s.born, day) for s in self.subjects if s.born]
        if any(answers):
            return True
        return False if len(answers) == self.names else None


class SubjectRoll:
    """The review's subjects, looked up by what a cell says."""

    def __init__(self, subjects: Sequence[Subject]) -> None:
        self._known = [(subject, frozenset(_aliases(subject))) for subject in subjects]
        self._answers: dict[str, NamedSubjects] = {}

    def __bool__(self) -> bool:
        return bool(self._known)

    def find_subjects(self, text: str) -> NamedSubjects:
        key = text[:MAX_SUBJECT_LENGTH]
        answer = self._answers.get(key)
        if answer is None:
            answer = self._read(key)
            if len(self._answers) < MAX_REMEMBERED_TEXTS:
                self._answers[key] = answer
        return answer

    def _read(self, text: str) -> NamedSubjects:
        whole = self._find(fold_text(text))
        if len(whole) == 1:
            return NamedSubjects(whole, 1, False)
        parts = [part for part in map(fold_text, _APART.split(_BRACKETS.sub(" ", text))) if part]
        people = [self._find(part) for part in parts]
        unknown = any(
            not found and part not in _ANYBODY for part, found in zip(parts, people, strict=True)
        )
        told_apart = {found[0].name: found[0] for found in people if len(found) == 1}
        return NamedSubjects(tuple(told_apart.values()), len(parts), unknown)

    def _find(self, part: str) -> tuple[Subject, ...]:
        """Everyone it may mean: more than one where two share an initial."""
        plain = _SHORT.get(part, part)
        by_name = tuple(s for s, _ in self._known if fold_text(s.name) == plain)
        return by_name or tuple(s for s, aliases in self._known if plain in aliases)


def _aliases(subject: Subject) -> Iterator[str]:
    name, relationship = fold_text(subject.name), fold_text(subject.relationship)
    words = name.split()
    yield from (name, name.replace(" ", ""), f"the {name}")
    if len(words) == 1:
        yield name[0]
    else:
        yield "".join(word[0] for word in words)
        yield from (word for word in words if word not in _GENERIC)
    if relationship == "subject":
        yield from ("subject", "subject child", "the child")
    elif relationship:
        yield from (relationship, f"{relationship} {name}", f"{name} {relationship}")


def _under_18(born: date, day: date) -> bool:
    birthday_to_come = (day.month, day.day) < (born.month, born.day)
    return day.year - born.year - birthday_to_come < 18


MAX_SENDER_LENGTH = 120  # characters of a cell that are compared


# Words that many agencies' names share, so that one alone names nobody.
_COMMON = {
    "the", "of", "and", "for", "service", "services", "agency", "team", "city", "county", "council",
    "trust", "nhs", "department", "dept", "board", "school", "hospital", "surgery",
}  # fmt: skip

_APART_SENDER = re.compile(r"[/,&+;\n\t|]|\b(?:and|with)\b", re.IGNORECASE)
_PLURAL = re.compile(r"\b([A-Z]{2,})['\u2019]?s\b")  # "GPs", "the GP's"; not "GPS"
_AGENCIES = tuple(f" {fold_text(words)}" for words in SIDE_TABLE_WORDS.agencies)


class SenderNames:
    """The agency that sent the document, as its rows may name it."""

    def __init__(self, agency: AgencyFacts) -> None:
        names = (agency.name, agency.code, *agency.abbreviations)
        plain = {fold_text(name) for name in names} - {""}
        self._exact = {name.replace(" ", "") for name in plain}
        self._agency = agency
        self._name = agency.name
        self._words = frozenset(fold_text(agency.name).split())
        self._answers: dict[str, bool] = {}

    def is_named_by(self, text: str) -> bool:
        key = text[:MAX_SENDER_LENGTH]
        answer = self._answers.get(key)
        if answer is None:
            key = _PLURAL.sub(r"\1", key)
            answer = self._compared(key) and not self._beside_another(key)
            if len(self._answers) < MAX_REMEMBERED_TEXTS:
                self._answers[key] = answer
        return answer

    def _compared(self, text: str) -> bool:
        plain = fold_text(text)
        if plain.replace(" ", "") in self._exact:
            return True
        if names_agency(text, self._agency):
            return True
        if is_short_for(plain, self._name):
            return True
        words = set(plain.split())
        return bool(words - _COMMON) and words <= self._words

    def _beside_another(self, text: str) -> bool:
        """Whether an agency that is not the sender stands beside it: "GP and Social Care"."""
        if fold_text(text).replace(" ", "") in self._exact or not _APART_SENDER.search(text):
            return False
        parts = [plain for part in _APART_SENDER.split(text) if (plain := fold_text(part))]
        return any(f" {part}".endswith(_AGENCIES) and not self._compared(part) for part in parts)


class TableContext:
    """One a judge; it outlives every row."""

    def __init__(self, kind: Kind, shape: TableShape, context: Context) -> None:
        self.columns = shape.columns
        self.known = context
        self.roll = SubjectRoll(context.case.subjects if context.case else ())
        self.notes = Findings(kind)
        self.doubtful = Findings(kind)
        self._kind = kind
        self._own = agency_name_to_enter(context.agency)
        self._spoken: tuple[TableEntry | None, set[int]] = (None, set())

    def index_of_column(self, reads_as: ReadAs) -> int | None:
        """The index of the first column of that sort."""
        return next((i for i, c in enumerate(self.columns) if c.reads_as == reads_as), None)

    def includes_rule(self, rule: str) -> bool:
        """Whether the kind has the rule, which it says itself."""
        return self._kind.includes_rule(rule)

    def severity_of(self, rule: str) -> Severity | None:
        return self.notes.severity_of(rule)

    def add_cell_finding(
        self, rule: str, entry: TableEntry, column: int, cause: str = "", **words: object
    ) -> None:
        """A finding in one cell. Of a cell read as the one above it, that one was told; of a ditto
        mark with nothing above it, what is told is that. Of hidden words nothing is told here."""
        if column in entry.taken and entry.texts[column] and rule != "ditto":
            return
        if entry.texts[column] == UNSEEN_TEXT:
            return
        if column in entry.hollow:
            self._speak(entry, column)
            words["instead"] = VALUE_REFUSALS["ditto"]["nothing-above"].says
        words.setdefault("your_agency", self._own)
        self.notes.add(rule, self._cell(entry, column), None, cause, **words)

    def has_ditto_finding(self, entry: TableEntry, column: int) -> bool:
        """Whether anything was told of a ditto mark with nothing above it, in the row in hand."""
        return self._spoken[0] is entry and column in self._spoken[1]

    def add_doubtful_finding(
        self, rule: str, entry: TableEntry, column: int, cause: str = "", **words: object
    ) -> None:
        """A finding in one cell that stands only if dates are written day first."""
        if column in entry.taken and rule == "date-future":
            return
        self.doubtful.add(rule, self._cell(entry, column), None, cause, **words)

    def words_for_future_day(self, day: date) -> dict[str, str]:
        """The words for a day that is still to come and lies outside the period as well."""
        period = self.known.case.period if self.known.case else None
        if period is None or day <= period[1]:
            return {}
        words = VALUE_REFUSALS["row"]["future-and-outside"]
        first, last = (day_month_and_year(one) for one in period)
        return {"instead": words.says.format(first=first, last=last), "instead_fix": words.fix}

    def add_finding(self, rule: str, where: FindingPlace, **words: object) -> None:
        """Add a finding about anything but a cell."""
        self.notes.add(rule, where, None, "", **{"your_agency": self._own, **words})

    def _speak(self, entry: TableEntry, column: int) -> None:
        if self._spoken[0] is not entry:
            self._spoken = (entry, set())
        self._spoken[1].add(column)

    def _cell(self, entry: TableEntry, column: int) -> FindingPlace:
        return FindingPlace(entry.table, entry.row, self.columns[column].heading)
