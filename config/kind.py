"""What a kind of return is: its shape, its wordings and its rules, as plain frozen values.

Does: gives one name to everything `config/kinds/*.toml` may say. `config/kinds.py` reads and
checks those files; this module only holds the result.
Trusts: the loader to have checked every value.
Never touches: files, the clock, pydantic. The confined worker imports this module, and there
an import costs every document its time.
Known limits: three shapes (table, report, form) cover every return of the toolkit; a return of
a fourth shape needs a handler module as well as a TOML.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, Literal

Severity = Literal["advice", "question", "fault", "danger"]
ReadAs = Literal["text", "date", "time", "agency", "subject", "age", "yes_no", "source", "child",
                 "signature", "name", "role"]  # fmt: skip

# Read by pydantic in config/kinds.py: a key nobody knows is a mistake to tell, not to drop.
_EXACT: dict[str, Any] = {"extra": "forbid"}


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule: how heavy it is, what the author is told, and how to put it right.

    `says` and `fix` may carry `{placeholders}`, which the check that finds the fault fills;
    which ones each rule gets is listed beside the check.
    """

    __pydantic_config__: ClassVar[dict[str, Any]] = _EXACT

    severity: Severity
    says: str
    fix: str
    source: str = ""  # where the rule comes from, such as "Toolkit, e) Guidance Notes: Date"


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table, matched by its heading ignoring case, white space and punctuation."""

    __pydantic_config__: ClassVar[dict[str, Any]] = _EXACT

    key: str
    heading: str
    reads_as: ReadAs = "text"
    also: tuple[str, ...] = ()  # other headings it goes by, where headings may change at all


@dataclass(frozen=True, slots=True)
class Field:
    """A labelled blank to fill in: "Signed:", "Role:", "Child Identifier".

    `key` makes the rule id `KEY-missing`. `also` lists other wordings of the label.
    """

    __pydantic_config__: ClassVar[dict[str, Any]] = _EXACT

    key: str
    label: str
    reads_as: ReadAs = "text"
    also: tuple[str, ...] = ()
    # Phrases that answer the blank wherever they stand, for a return that is often a plain
    # letter: "no * known to" lets up to ten words in at the star; "{agency}" is the sender's name.
    said_by: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """A section a report must have. `key` is what findings name; `number` is the toolkit's.

    `also` are rewordings people use. `empty` is how heavy nothing under the heading is, where
    that differs from the rule's own severity. `guidance` is what the template prints under the
    heading for the author to write over: it is not the author's text.
    """

    __pydantic_config__: ClassVar[dict[str, Any]] = _EXACT

    key: str
    number: int
    heading: str
    also: tuple[str, ...] = ()
    may_be_empty: bool = False  # nothing is said at all
    empty: Severity | None = None
    guidance: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Prompt:
    """Something a section should mention; any one of `words` shows that it does."""

    __pydantic_config__: ClassVar[dict[str, Any]] = _EXACT

    key: str
    says: str
    words: tuple[str, ...]
    section: str


@dataclass(frozen=True, slots=True)
class Plan:
    """The action plan: its columns and which of them a row with a recommendation must fill."""

    __pydantic_config__: ClassVar[dict[str, Any]] = _EXACT

    label: str
    columns: tuple[Column, ...]
    must_fill: tuple[str, ...]
    should_fill: tuple[str, ...] = ()
    vague_timescales: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SignOff:
    """Who must sign a report, what each must give, and in which section.

    `roles` are people ("Report author", "Agency commissioner"); `parts` are what each gives,
    keyed "name", "designation", "date" and "signature".
    """

    __pydantic_config__: ClassVar[dict[str, Any]] = _EXACT

    section: str
    roles: tuple[Field, ...]
    parts: tuple[Field, ...]


@dataclass(frozen=True, slots=True)
class Criterion:
    __pydantic_config__: ClassVar[dict[str, Any]] = _EXACT
    number: int
    text: str


@dataclass(frozen=True, slots=True)
class Contradiction:
    """A "Yes" to a criterion that the report belies: by being late, or by breaking any of
    `rules`."""

    __pydantic_config__: ClassVar[dict[str, Any]] = _EXACT

    criterion: int
    late: bool = False
    rules: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TableShape:
    """A document that is one table of dated rows, under headings that must not change."""

    __pydantic_config__: ClassVar[dict[str, Any]] = _EXACT

    columns: tuple[Column, ...]
    type: Literal["table"] = "table"


@dataclass(frozen=True, slots=True)
class ReportShape:
    """A document in numbered sections; perhaps a front sheet, an action plan, a sign-off."""

    __pydantic_config__: ClassVar[dict[str, Any]] = _EXACT

    sections: tuple[Section, ...]
    type: Literal["report"] = "report"
    front_words: tuple[str, ...] = ()
    front_sheet: tuple[Field, ...] = ()
    prompts: tuple[Prompt, ...] = ()
    plan: Plan | None = None
    sign_off: SignOff | None = None
    genogram_section: str = ""
    analysis_section: str = ""
    recommendations_section: str = ""
    vague_phrases: tuple[str, ...] = ()
    placeholders: tuple[str, ...] = ()
    layout: tuple[str, ...] = ()
    version_words: tuple[str, ...] = ()
    closing_words: tuple[str, ...] = ()
    key_words: tuple[str, ...] = ()
    genogram_reasons: tuple[str, ...] = ()
    anonymised: bool = False  # look for real names, numbers and addresses
    public_names: tuple[str, ...] = ()  # names in the literature: not a sign of a real person


@dataclass(frozen=True, slots=True)
class FormShape:
    """A form: labelled blanks, perhaps a grid of criteria, perhaps statements that must stand.

    `statement_names` says which statement is which, in the same order ("the declaration").
    `always` are rules told of every such document, because a person always looks at it.
    `senior` are titles that show the office the form must be signed from, unless a word of
    `standing_in` shows that somebody signs for the holder. `about` is the id of the kind the form
    vouches for, and `contradictions` which answers that report may belie.
    """

    __pydantic_config__: ClassVar[dict[str, Any]] = _EXACT

    fields: tuple[Field, ...]
    type: Literal["form"] = "form"
    answers: tuple[str, ...] = ()
    criteria: tuple[Criterion, ...] = ()
    statements: tuple[str, ...] = ()
    placeholders: tuple[str, ...] = ()
    statement_names: tuple[str, ...] = ()
    always: tuple[str, ...] = ()
    senior: tuple[str, ...] = ()
    standing_in: tuple[str, ...] = ()
    about: str = ""
    contradictions: tuple[Contradiction, ...] = ()


Shape = TableShape | ReportShape | FormShape

PACK_TOO = "nil-and-chronology"


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of return.

    `titles` are headings that announce such a document ("Quality Assurance Form");
    `title` is the name people read ("QA form"), `noun` the same inside a sentence, `short` the
    heading of its column in a matrix (the title, where it is "");
    `file_types` the formats it may come in, as file endings without the dot. One that
    `settles_pack` does, when it is accepted, for all the pack an agency owes; the rule PACK_TOO
    is told where something of the pack has come as well.
    """

    __pydantic_config__: ClassVar[dict[str, Any]] = _EXACT

    id: str
    title: str
    noun: str
    shape: Shape
    rules: Mapping[str, Rule]
    titles: tuple[str, ...] = ()
    short: str = ""
    order: int = 99
    in_pack: bool = False
    file_types: tuple[str, ...] = ("docx", "docm")
    chased: bool = True  # whether a case that lists it as owed has it chased
    settles_pack: bool = False

    @property
    def column(self) -> str:
        return self.short or self.title


@dataclass(frozen=True, slots=True)
class Kinds:
    """Every kind, in the order a checklist names them."""

    all: tuple[Kind, ...]

    def __getitem__(self, id: str) -> Kind:
        kind = self.get(id)
        if kind is None:
            raise KeyError(id)
        return kind

    def __contains__(self, id: object) -> bool:
        return any(kind.id == id for kind in self.all)

    def get(self, id: str | None) -> Kind | None:
        return next((kind for kind in self.all if kind.id == id), None)

    @property
    def pack(self) -> tuple[Kind, ...]:
        """The returns every agency owes unless its case says otherwise."""
        return tuple(kind for kind in self.all if kind.in_pack)
