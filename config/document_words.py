"""Words that documents are read by, as data: labels, front matter, words for "not yet", nil
returns."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Literal


@dataclass(frozen=True, slots=True)
class SideTableWords:
    """Wordings, as the file gives them."""

    headings: tuple[str, ...]
    never_entries: tuple[str, ...]
    labels: tuple[str, ...]
    agencies: tuple[str, ...]
    agency_labels: tuple[str, ...]
    case_labels: tuple[str, ...]
    status_labels: tuple[str, ...]
    title_words: tuple[str, ...]
    unfinished: tuple[str, ...]
    unless: tuple[str, ...]
    of_whole: tuple[str, ...]


def _read(path: Path) -> SideTableWords:
    raw = tomllib.loads(path.read_text(encoding="utf-8"))
    return SideTableWords(**{name: tuple(words) for name, words in raw.items()})


SIDE_TABLE_WORDS = _read(Path(__file__).with_name("beside.toml"))


CellForm = Literal["version", "short", "any"]


@dataclass(frozen=True, slots=True)
class FrontTableSort:
    """One sort of table, as the file gives it."""

    name: str
    cells: CellForm
    heads: tuple[str, ...]
    beside: tuple[str, ...] = ()


def _read_front_matter(
    path: Path,
) -> tuple[tuple[FrontTableSort, ...], tuple[str, ...], frozenset[str]]:
    raw = tomllib.loads(path.read_text(encoding="utf-8"))
    sorts = tuple(
        FrontTableSort(name, one["cells"], tuple(one["heads"]), tuple(one.get("beside", ())))
        for name, one in raw["sorts"].items()
    )
    return sorts, tuple(raw["days"]["heads"]), frozenset(raw["family"]["words"])


# In the order of the file; the headings of columns that tell days of a person; who is family.
FRONT_TABLE_SORTS, PERSON_DATE_HEADINGS, FAMILY_WORDS = _read_front_matter(
    Path(__file__).with_name("front_matter.toml")
)


@dataclass(frozen=True, slots=True)
class Season:
    """A part of the year. `first` and `last` are days of the year that is named beside it, or of
    the one before or after it."""

    words: re.Pattern[str]
    first: tuple[int, int, int]  # years later, month, day
    last: tuple[int, int, int]

    def of(self, year: int) -> tuple[date, date]:
        """The widest that it can be in that year."""
        first, last = self.first, self.last
        return date(year + first[0], first[1], first[2]), date(year + last[0], last[1], last[2])


def _read_seasons(path: Path) -> tuple[Season, ...]:
    raw = tomllib.loads(path.read_text(encoding="utf-8"))
    return tuple(
        Season(
            re.compile(rf"\b(?:{'|'.join(one['words'])})\b", re.IGNORECASE),
            _days_from(one["first"]),
            _days_from(one["last"]),
        )
        for one in raw["seasons"]
    )


def _days_from(numbers: Sequence[int]) -> tuple[int, int, int]:
    later, month, day = numbers
    return later, month, day


SEASONS = _read_seasons(Path(__file__).with_name("seasons.toml"))


_RAW = tomllib.loads(Path(__file__).with_name("labels.toml").read_text(encoding="utf-8"))

SIGNING_WORDS = frozenset(_RAW["signing"])
LABEL_FILLER_WORDS = frozenset(_RAW["between"])
LABEL_LEADING_WORDS = frozenset(_RAW["leading"])
OTHER_LABELS = frozenset(_RAW["others"])
BLOCK_HEADING_WORDS = frozenset(_RAW["heading"])
COUNTS = frozenset(_RAW["counts"])
AGENCIES = frozenset(_RAW["agencies"])
LETTER_CLOSINGS = frozenset(_RAW["closings"])
ORGANISATION_WORDS = frozenset(_RAW["organisations"])
SHORTENED_TITLES = tuple(_RAW["titles"]["shortened"])
NAME_TITLES = frozenset((*SHORTENED_TITLES, *_RAW["titles"]["whole"]))
REPORT_TITLES = tuple(_RAW["titles"]["in_reports"])
JOB_WORDS = frozenset(_RAW["jobs"])
PARTING_LINES = frozenset(_RAW["partings"])
ROLE_WORDS = frozenset(_RAW["roles"])
RANK_TITLES = frozenset(_RAW["ranks"])
NON_NAME_WORDS = frozenset(_RAW["no_names"])
NON_SIGNATORY_LABELS = frozenset(_RAW["not_signing"])
COPY_LIST_HEADINGS = frozenset(_RAW["copies"])
SUBMITTER_PHRASES = tuple(_RAW["makes"])

_NAMES = tomllib.loads(Path(__file__).with_name("person_names.toml").read_text(encoding="utf-8"))

KIN_WORDS = frozenset(_NAMES["kin"])
PSEUDONYM_WORDS = frozenset(_NAMES["of_pseudonyms"])
FIRST_NAMES = frozenset(_NAMES["first_names"])
SHORT_NAMES = FIRST_NAMES | frozenset(_NAMES["short_names"])  # where a first name stands alone
CAPITALISED_WORDS = frozenset(_NAMES["capitalised"])


@dataclass(frozen=True, slots=True)
class NoValueClass:
    """Words of one meaning, and the sentence their author is told."""

    says: str
    words: tuple[str, ...]
    opening: tuple[str, ...] = ()
    alone: frozenset[str] = frozenset()  # in a blank for a name: nothing but these is empty


@dataclass(frozen=True, slots=True)
class PendingSectionWords:
    """What a sentence is made of that says that a whole section is still to come."""

    longest: int  # words
    subjects: frozenset[str]
    phrases: tuple[str, ...]
    places: tuple[str, ...]  # elsewhere, where it is said to come
    promises: tuple[str, ...]  # how those of `phrases` begin that are one anywhere in a sentence


@dataclass(frozen=True, slots=True)
class InstructionSubject:
    """What an instruction asks for, by a word of its own, and what its author does instead of
    deleting it."""

    what: str
    words: frozenset[str]
    fix: str
    anyone: bool = False  # a name that may be a person's or an agency's


@dataclass(frozen=True, slots=True)
class InstructionWords:
    """What an instruction in brackets begins or ends with, folded, and what it may ask for.
    `whole` is the whole of one, and `perhaps` of one or of a name that its author took out, which
    a word of `taken_out` says; `shouted` begins one in capitals, and `before_a_day` stands before
    "DD/MM/YYYY"."""

    begins: tuple[str, ...]
    ends: tuple[str, ...]
    whole: frozenset[str]
    perhaps: frozenset[str]
    perhaps_begins: tuple[str, ...]
    taken_out: frozenset[str]
    shouted: tuple[str, ...]
    before_a_day: frozenset[str]
    asks: tuple[InstructionSubject, ...]


@dataclass(frozen=True, slots=True)
class UnnamedSignatureWords:
    """Words in a blank for a signature: that somebody signed; that they did so for another, which a
    name follows."""

    signed: frozenset[str]
    for_another: tuple[str, ...]


def _read_no_values(
    path: Path,
) -> tuple[
    Mapping[str, NoValueClass],
    frozenset[str],
    PendingSectionWords,
    InstructionWords,
    UnnamedSignatureWords,
]:
    raw = tomllib.loads(path.read_text(encoding="utf-8"))
    classes = {
        key: NoValueClass(
            one["says"],
            tuple(one["words"]),
            tuple(one.get("opening", ())),
            frozenset(one.get("alone", ())),
        )
        for key, one in raw["classes"].items()
    }
    one = raw["sentences"]
    sentences = PendingSectionWords(
        one["longest"],
        frozenset(one["subjects"]),
        *(tuple(one[key]) for key in ("phrases", "places", "promises")),
    )
    told = raw["instructions"]
    asks = (
        InstructionSubject(
            one["what"], frozenset(one["words"]), one["fix"], one.get("anyone", False)
        )
        for one in told["asks"]
    )
    template = InstructionWords(
        tuple(told["begins"]),
        tuple(told["ends"]),
        frozenset(told["whole"]),
        frozenset(told["perhaps"]),
        tuple(told["perhaps_begins"]),
        frozenset(told["taken_out"]),
        tuple(told["shouted"]),
        frozenset(told["before_a_day"]),
        tuple(asks),
    )
    one = raw["unnamed"]
    unnamed = UnnamedSignatureWords(frozenset(one["signed"]), tuple(one["for_another"]))
    return classes, frozenset(raw["between"]), sentences, template, unnamed


# NO_VALUE_CLASSES["to-come"], in the order of the file; LABEL_FILLER_WORDS makes no answer of such
# words.
(
    NO_VALUE_CLASSES,
    NO_VALUE_FILLER_WORDS,
    PENDING_SECTION_WORDS,
    TEMPLATE_INSTRUCTIONS,
    UNNAMED_SIGNATURE_WORDS,
) = _read_no_values(Path(__file__).with_name("no_values.toml"))


def _read_lists(path: Path) -> Mapping[str, tuple[str, ...]]:
    """Lists by their names, as the file gives them."""
    raw = tomllib.loads(path.read_text(encoding="utf-8"))
    return {name: tuple(words) for name, words in raw.items()}


# What makes a signed form doubtful (`handlers/values/doubts.py`).
DOUBTS = _read_lists(Path(__file__).with_name("doubts.toml"))
# What shows a report to be unfinished (`handlers/values/unfinished.py`).
UNFINISHED = _read_lists(Path(__file__).with_name("unfinished.toml"))


_PART = re.compile(r"(?P<names>[^?*+]+)(?P<times>[?*+]?)")


@dataclass(frozen=True, slots=True)
class GrammarPart:
    """One place of a way: any of some `words`, of some `kinds` of word or of some `rules`."""

    words: frozenset[str]
    kinds: tuple[str, ...]
    rules: tuple[str, ...]
    optional: bool
    again: bool


GrammarAlternative = tuple[GrammarPart, ...]


@cache
def _part(text: str) -> GrammarPart:
    said = _PART.fullmatch(text)
    if said is None:
        raise ValueError(f"{text!r} is no part of a rule")
    names = said["names"].split("|")
    rules = tuple(name[1:-1] for name in names if name.startswith("<"))
    kinds = tuple(name[1:-1] for name in names if name.startswith("{"))
    words = frozenset(name for name in names if name[0] not in "<{")
    return GrammarPart(
        words, kinds, rules, said["times"] in ("?", "*"), said["times"] in ("*", "+")
    )


def _ways(raw: dict[str, list[str]]) -> dict[str, tuple[GrammarAlternative, ...]]:
    ways = {
        name: tuple(tuple(_part(part) for part in way.split()) for way in said)
        for name, said in raw.items()
    }
    checked: set[str] = set()
    for name in ways:
        _check_beginning(name, ways, (), checked)
    return ways


def _check_beginning(
    name: str,
    ways: dict[str, tuple[GrammarAlternative, ...]],
    under: tuple[str, ...],
    checked: set[str],
) -> None:
    """Raises ValueError for a rule that begins with itself, which could not be followed. Adds the
    rule to those that are `checked` already, so that each is walked once."""
    if name in checked:
        return
    if name in under or name not in ways:
        raise ValueError(f"the rule {name!r} begins with itself, or is not there: {under}")
    for way in ways[name]:
        for at, part in enumerate(way):
            if at == 0 or all(before.optional for before in way[:at]):
                for rule in part.rules:
                    _check_beginning(rule, ways, (*under, name), checked)
            elif not set(part.rules) <= set(ways):
                raise ValueError(f"a rule that {name!r} names is not there")
    checked.add(name)


_RAW_NIL_GRAMMAR = tomllib.loads(
    Path(__file__).with_name("nil_grammar.toml").read_text(encoding="utf-8")
)

NIL_GRAMMAR_RULES = _ways(_RAW_NIL_GRAMMAR["rules"])
NIL_SENTENCE_RULES: tuple[str, ...] = tuple(_RAW_NIL_GRAMMAR["sentences"])
NIL_NON_NAME_WORDS: frozenset[str] = frozenset(_RAW_NIL_GRAMMAR["no_names"])
OWN_AGENCY_WORDS: frozenset[str] = frozenset(_RAW_NIL_GRAMMAR["own"])
AGENCY_NAME_WORDS: frozenset[str] = frozenset(_RAW_NIL_GRAMMAR["if_named"])
SEARCH_DATES: frozenset[str] = frozenset(_RAW_NIL_GRAMMAR["search_dates"])
NO_RECORDS: frozenset[str] = frozenset(_RAW_NIL_GRAMMAR["no_records"])
NO_RECORDS_ENDINGS: tuple[str, ...] = tuple(_RAW_NIL_GRAMMAR["no_records_endings"])

# Notes of one colleague to another in a report (`handlers/values/colleague_notes.py`).
COLLEAGUE_NOTES = _read_lists(Path(__file__).with_name("colleague_notes.toml"))

_RAW_TO_COME = tomllib.loads(
    Path(__file__).with_name("still_to_come.toml").read_text(encoding="utf-8")
)

# What a report says is still to come in it (`handlers/values/still_to_come.py`).
TO_COME_RULES = _ways(_RAW_TO_COME["rules"])
TO_COME_CLAUSES: tuple[str, ...] = tuple(_RAW_TO_COME["clauses"])
TO_COME_OPENINGS: tuple[str, ...] = tuple(_RAW_TO_COME["openings"])
TO_COME_PLANS: tuple[str, ...] = tuple(_RAW_TO_COME["plans"])
TO_COME_WHOLES: tuple[str, ...] = tuple(_RAW_TO_COME["wholes"])
TO_COME_DRAFT_LINES: tuple[str, ...] = tuple(_RAW_TO_COME["draft_lines"])
TO_COME_REMINDERS: tuple[str, ...] = tuple(_RAW_TO_COME["reminders"])
TO_COME_UNSETTLED: tuple[str, ...] = tuple(_RAW_TO_COME["unsettled_after"])
TO_COME_MARKS: tuple[str, ...] = tuple(_RAW_TO_COME["marks"])
TO_COME_PEOPLE: frozenset[str] = frozenset(_RAW_TO_COME["jobs"]) | JOB_WORDS | SHORT_NAMES
TO_COME_LABELS: tuple[str, ...] = tuple(_RAW_TO_COME["labels"])
TO_COME_PAST: frozenset[str] = frozenset(_RAW_TO_COME["past"])
TO_COME_HINTS: frozenset[str] = frozenset(_RAW_TO_COME["hints"])

_RAW_ENTRY_NOTES = tomllib.loads(
    Path(__file__).with_name("entry_notes.toml").read_text(encoding="utf-8")
)

# What stands in a cell of a table of entries and is none (`handlers/values/entry_notes.py`).
ENTRY_NOTE_RULES = _ways(_RAW_ENTRY_NOTES.pop("rules"))
ENTRY_NOTES: Mapping[str, Sequence[str]] = _RAW_ENTRY_NOTES
