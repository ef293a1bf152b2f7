"""The shapes a return can have (a table, a report, a form), as `[shape]` in `config/kinds/*.toml`.

The confined worker imports this module: no files and no pydantic here.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar, Literal

from config.rules import FORBID_EXTRA_KEYS, Severity

ReadAs = Literal["text", "date", "time", "agency", "subject", "age", "yes_no", "source", "child",
                 "signature", "name", "role"]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table, matched by its heading ignoring case, white space and punctuation."""

    __pydantic_config__: ClassVar[dict[str, Any]] = FORBID_EXTRA_KEYS

    key: str
    heading: str
    reads_as: ReadAs = "text"
    also: tuple[str, ...] = ()  # other headings it goes by, where headings may change at all


@dataclass(frozen=True, slots=True)
class Field:
    """A labelled blank to fill in: "Signed:", "Role:", "Child Identifier".

    `key` makes the rule id `KEY-missing`. `also` lists other wordings of the label.
    """

    __pydantic_config__: ClassVar[dict[str, Any]] = FORBID_EXTRA_KEYS

    key: str
    label: str
    reads_as: ReadAs = "text"
    also: tuple[str, ...] = ()
    # Of somebody who signs a report, what they say in a sentence: "i wrote this report". Else
    # phrases that answer the blank wherever they stand, for a return that is often a plain
    # letter: "no * known to" lets up to ten words in at the star; "{word}" is any one word,
    # "{date}" a day, and "{agency}" the sender's name.
    said_by: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """A section a report must have. `key` is what findings name; `number` is the toolkit's.

    `also` are rewordings people use. `near` are words that such a heading may have in it: one that
    has, and is none we know, may be this section's. `empty` is how heavy nothing under the heading
    is, where that differs from the rule's own severity. `empty_fix` is told in place of that
    rule's fix where a section cannot say that there is nothing: without it, a sentence that says so
    is its text. `guidance` is what the template prints under the heading for the author to write
    over: it is not the author's text.
    """

    __pydantic_config__: ClassVar[dict[str, Any]] = FORBID_EXTRA_KEYS

    key: str
    number: int
    heading: str
    also: tuple[str, ...] = ()
    near: tuple[str, ...] = ()
    may_be_empty: bool = False  # nothing is said at all
    empty: Severity | None = None
    empty_fix: str = ""
    guidance: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Prompt:
    """Something a section should mention; any one of `words` shows that it does: a phrase, or
    beginnings of words that stand in one sentence, one of each group ("record|file+read|seen").
    """

    __pydantic_config__: ClassVar[dict[str, Any]] = FORBID_EXTRA_KEYS

    key: str
    says: str
    words: tuple[str, ...]
    section: str


@dataclass(frozen=True, slots=True)
class Plan:
    """The action plan: its columns and which of them a row with a recommendation must fill.

    `besides` are headings of columns that people add, and that are none of the plan's own;
    `unsure` are headings that may be one of its own or not, and are for a person to look at.
    """

    __pydantic_config__: ClassVar[dict[str, Any]] = FORBID_EXTRA_KEYS

    label: str
    columns: tuple[Column, ...]
    must_fill: tuple[str, ...]
    should_fill: tuple[str, ...] = ()
    vague_timescales: tuple[str, ...] = ()
    besides: tuple[str, ...] = ()
    unsure: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SignOff:
    """Who must sign a report, what each must give, and in which section.

    `roles` are people ("Report author", "Agency commissioner"); `parts` are what each gives,
    keyed "name", "designation", "date" and "signature".
    """

    __pydantic_config__: ClassVar[dict[str, Any]] = FORBID_EXTRA_KEYS

    section: str
    roles: tuple[Field, ...]
    parts: tuple[Field, ...]


@dataclass(frozen=True, slots=True)
class Criterion:
    __pydantic_config__: ClassVar[dict[str, Any]] = FORBID_EXTRA_KEYS
    number: int
    text: str


@dataclass(frozen=True, slots=True)
class Qualifier:
    """Phrases that take something back from a statement, and the rule that says so."""

    __pydantic_config__: ClassVar[dict[str, Any]] = FORBID_EXTRA_KEYS

    rule: str
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Denial:
    """The words in which people say that nobody is known to them, each a word on its own save
    where it says phrases. `handlers/checks/form/nil_sentences.py` reads sentences with them.

    `everybody` and `one` are words for all of the family and for one of it; `complete` are sets
    of the latter that make up the former. `known` are what a person is to an agency ("known",
    "registered"), `used` what only counts as such beside "ever" ("seen"), `tells` what tells of
    contact and is no denial ("referred"), `held` what an agency has of them ("record"). `whole` are
    phrases that deny all by themselves, `aside` those that say nothing either way, `titles` what
    such a document may be called. `turns` begin a clause that may say the opposite. `plain` are the
    other words that a good statement may have, `pointers` those that say there is more.
    `greetings` are phrases a sentence of mere courtesy begins with, `references` those of one that
    says what is answered, `boilerplate` phrases of footers. `qualifiers` are looked for in every
    other sentence.
    """

    __pydantic_config__: ClassVar[dict[str, Any]] = FORBID_EXTRA_KEYS

    field: str
    everybody: tuple[str, ...]
    one: tuple[str, ...]
    complete: tuple[tuple[str, ...], ...]
    negations: tuple[str, ...]
    known: tuple[str, ...]
    used: tuple[str, ...]
    tells: tuple[str, ...]
    held: tuple[str, ...]
    whole: tuple[str, ...]
    aside: tuple[str, ...]
    titles: tuple[str, ...]
    searches: tuple[str, ...]
    turns: tuple[str, ...]
    plain: tuple[str, ...]
    pointers: tuple[str, ...]
    greetings: tuple[str, ...]
    references: tuple[str, ...]
    boilerplate: tuple[str, ...]
    qualifiers: tuple[Qualifier, ...]
    # What an agency may have no record of and know the family all the same ("letter"), words that
    # say a search was short of all ("only"), and labels beside which nothing is said of it ("Tel").
    things: tuple[str, ...] = ()
    short_of: tuple[str, ...] = ()
    neutral: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Contradiction:
    """A "Yes" to a criterion that the report belies: by being late, or by breaking any of
    `rules`. `shows` is what its author is told of the report, after "The answer is "Yes", and"."""

    __pydantic_config__: ClassVar[dict[str, Any]] = FORBID_EXTRA_KEYS

    criterion: int
    late: bool = False
    rules: tuple[str, ...] = ()
    shows: str = "what we hold about the report says otherwise"


@dataclass(frozen=True, slots=True)
class TableShape:
    """A document that is one table of dated rows, under headings that must not change."""

    __pydantic_config__: ClassVar[dict[str, Any]] = FORBID_EXTRA_KEYS

    columns: tuple[Column, ...]
    type: Literal["table"] = "table"


@dataclass(frozen=True, slots=True)
class ReportShape:
    """A document in numbered sections; perhaps a front sheet, an action plan, a sign-off."""

    __pydantic_config__: ClassVar[dict[str, Any]] = FORBID_EXTRA_KEYS

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
    key_words: tuple[str, ...] = ()  # what heads the key to the personnel
    key_titles: tuple[str, ...] = ()  # words in what may head it, over a list of names and roles
    key_codes: tuple[str, ...] = ()  # headings of its column of codes, and of that of roles
    key_roles: tuple[str, ...] = ()
    genogram_places: tuple[str, ...] = ()
    genogram_reasons: tuple[str, ...] = ()
    anonymised: bool = False  # look for real names, numbers and addresses
    public_names: tuple[str, ...] = ()  # names in the literature: not a sign of a real person


@dataclass(frozen=True, slots=True)
class FormShape:
    """A form: labelled blanks, perhaps a grid of criteria, perhaps statements that must stand.

    `statement_names` says which statement is which, in the same order ("the declaration"), and
    `statement_places` the same as its author finds it ("the statement about SMART
    recommendations"). `exact_statements` are the names of those in which another wording is no
    question.
    `always` are rules told of every such document, because a person always looks at it.
    `senior` are titles that show the office the form must be signed from, unless a word of
    `standing_in` shows that somebody signs for the holder. `about` is the id of the kind the form
    vouches for, and `contradictions` which answers that report may belie. `guidance` are the
    sentences that the form itself prints besides, which are nobody's own.
    """

    __pydantic_config__: ClassVar[dict[str, Any]] = FORBID_EXTRA_KEYS

    fields: tuple[Field, ...]
    type: Literal["form"] = "form"
    answers: tuple[str, ...] = ()
    criteria: tuple[Criterion, ...] = ()
    statements: tuple[str, ...] = ()
    placeholders: tuple[str, ...] = ()
    statement_names: tuple[str, ...] = ()
    statement_places: tuple[str, ...] = ()
    guidance: tuple[str, ...] = ()
    exact_statements: tuple[str, ...] = ()
    always: tuple[str, ...] = ()
    senior: tuple[str, ...] = ()
    standing_in: tuple[str, ...] = ()
    about: str = ""
    contradictions: tuple[Contradiction, ...] = ()
    denial: Denial | None = None  # how it says that there is nothing to report


Shape = TableShape | ReportShape | FormShape
