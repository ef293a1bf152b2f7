"""What the labels of a sign-off mean: whose blank it is, and what is asked for in it.

Does: joins the shape's wordings of roles and parts in the ways people join them: "Author's
name", "Name of author", "Signed by the commissioner".
Trusts: the shape.
Never touches: what is entered in a blank.
Known limits: English word order.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache

from config.shape import Field, SignOff
from handlers.document.block import Block, Cell
from handlers.report.passage import passages
from handlers.typed.fold import fold, squash

Meanings = dict[str, tuple[str | None, str | None, str]]
_UNKNOWN = (None, None, "")


@lru_cache(maxsize=16)
def meanings(sign_off: SignOff) -> Meanings:
    """What each label means, by its squashed wording: (role, part, wording); a role or a part
    may be None."""
    out: Meanings = {}
    for part in sign_off.parts:
        for words in _wordings(part):
            out[squash(words)] = (None, part.key, words)
    for role in sign_off.roles:
        for whose in _wordings(role):
            out[squash(whose)] = (role.key, None, whose)
            for part in sign_off.parts:
                for joined in _joined(whose, part):
                    out[squash(joined)] = (role.key, part.key, joined)
    return out


def labels(known: Meanings, blocks: Sequence[Block]) -> tuple[str, ...]:
    """The labels that occur here at all: of thousands that may, a handful do, and each costs."""
    shown = squash("\n".join(passage.text for passage in passages(blocks)))
    return tuple(words for whole, (_, _, words) in known.items() if whole in shown)


def _wordings(field: Field) -> tuple[str, ...]:
    return (field.label, *field.also)


def _joined(whose: str, part: Field) -> Iterator[str]:
    """ "Author's name", "Name of author", "Signed by the author"."""
    for what in _wordings(part):
        yield f"{whose} {what}"
        yield f"{whose}'s {what}"
        for link in ("of", "of the", "by", "by the"):
            yield f"{what} {link} {whose}"


def role_in(text: str, known: Meanings) -> str | None:
    """The role that words in brackets or a cell name: "(report author)"."""
    plain = f" {fold(text)} "
    return next(
        (r for r, part, words in known.values() if not part and f" {fold(words)} " in plain),
        None,
    )


def part_of(cell: Cell, known: Meanings) -> str | None:
    role, part, _ = known.get(squash(cell.text), _UNKNOWN)
    return part if role is None else None


def role_of(cell: Cell, known: Meanings) -> str | None:
    role, part, _ = known.get(squash(cell.text), _UNKNOWN)
    return role if part is None else None
