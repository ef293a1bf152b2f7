"""What a kind of return is: its names, its shape and its rules, as plain frozen values.

Does: gives one name to what a file of `config/kinds/` says. `config/kind_loading.py` reads and
checks those files; this module only holds the result.
Trusts: the loader to have checked every value.
Never touches: files, the clock, pydantic. The confined worker imports this module, and there
an import costs every document its time.
Known limits: none of its own; see `config/kind_shape.py`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from config.kind_shape import Shape
from config.rules import EXACT, Rule

PACK_TOO = "nil-and-chronology"


@dataclass(frozen=True, slots=True)
class Sign:
    """Phrases any of which speaks for a kind in a letter that does not say what it is, or against
    it where `weight` is less than nothing. "*" lets up to ten words in; "{denial}" is a statement
    that nobody is known."""

    __pydantic_config__: ClassVar[dict[str, Any]] = EXACT

    weight: int
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of return.

    `titles` are headings that announce such a document ("Quality Assurance Form");
    `title` is the name people read ("QA form"), `noun` the same inside a sentence, `short` the
    heading of its column in a matrix (the title, where it is "");
    `file_types` the formats it may come in, as file endings without the dot. One that
    `settles_pack` does, when it is accepted, for all that its agency owes; the rule PACK_TOO
    is told where something of the pack has come as well.
    """

    __pydantic_config__: ClassVar[dict[str, Any]] = EXACT

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
    signs: tuple[Sign, ...] = ()  # by which a letter without a title is known

    @property
    def column(self) -> str:
        return self.short or self.title

    def asks(self, rule: str) -> bool:
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
    def pack(self) -> tuple[Kind, ...]:
        """The returns every agency owes unless its case says otherwise."""
        return tuple(kind for kind in self.all if kind.in_pack)
