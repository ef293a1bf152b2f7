"""What a kind of return is, as plain frozen values; `config/kind_loading.py` reads and checks them.

The confined worker imports this module: no files and no pydantic here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from config.kind_shape import Shape
from config.rules import FORBID_EXTRA_KEYS, Rule

PACK_ALSO_SENT_RULE = "nil-and-chronology"


@dataclass(frozen=True, slots=True)
class KindSign:
    """Phrases any of which speaks for a kind in a letter that does not say what it is, or against
    it where `weight` is less than nothing. "*" lets up to ten words in; "{denial}" is a statement
    that nobody is known."""

    __pydantic_config__: ClassVar[dict[str, Any]] = FORBID_EXTRA_KEYS

    weight: int
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of return.

    `titles` are headings that announce such a document ("Quality Assurance Form"); `title` is the
    name people read ("QA form"), `noun` the same inside a sentence, `short` the heading of its
    column in a matrix (the title, where it is ""); `file_types` the formats it may come in, as file
    endings without the dot. One that `settles_pack` does, when it is accepted, for all that its
    agency owes; the rule PACK_ALSO_SENT_RULE is told where something of the pack has come as well.
    """

    __pydantic_config__: ClassVar[dict[str, Any]] = FORBID_EXTRA_KEYS

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
    urgent: bool = False  # the administrator hears of it within the hour, at any hour
    signs: tuple[KindSign, ...] = ()  # by which a letter without a title is known

    @property
    def column_heading(self) -> str:
        return self.short or self.title

    @property
    def may_need_changes(self) -> bool:
        """Whether any rule of it is for its author to mend: of a request, a name or a piece of news
        a person says yes or no, or has seen it."""
        return any(rule.severity in ("fault", "danger") for rule in self.rules.values())

    def includes_rule(self, rule: str) -> bool:
        """Whether the rule is looked for: one that a board takes out of the kind is not."""
        return rule in self.rules


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
    def pack_kinds(self) -> tuple[Kind, ...]:
        """The returns every agency owes unless its case says otherwise."""
        return tuple(kind for kind in self.all if kind.in_pack)
