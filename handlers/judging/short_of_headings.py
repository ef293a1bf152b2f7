"""A document that says it is a chronology and whose table has only a few of the headings.

Does: where nothing else was found in a document, shows its tables once more to the judges of the
kind it says it is, which then take one that has a third of the headings and tells of days.
Trusts: what says which kind it is: whoever named it, its stamp, or its own title at the top.
Never touches: a document that may be another return; without a title that says so, a person is
asked what the table is.
Known limits: a title is known by the kind's own noun. One heading in three is the fewest.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from config.beside import BESIDE
from config.kind import Kind
from config.shape import TableShape
from handlers.context import Context
from handlers.document.block import Block, Paragraph, Row, Traits
from handlers.document.stamp import kind_of
from handlers.finding import Judgement
from handlers.table.beside import tell_beside
from handlers.table.causes import ABOUT_HEADINGS
from handlers.table.claims import Claims
from handlers.table.judge import TableJudge
from handlers.typed.fold import fold

AT_THE_TOP = 6  # lines with words in them, of which one may be the title
TITLE_WORDS = 14
LONGEST = 200  # characters of a line
_SENTENCE = (".", ",", ";", "?", "!")
_BEFORE = frozenset(fold(" ".join(BESIDE.title_words)).split())


def short_of_headings(
    blocks: Sequence[Block], traits: Traits, kinds: Iterable[Kind], context: Context
) -> tuple[Judgement, ...]:
    """The judgement of such a table: sent back for its headings. Nothing where there is none."""
    claims = Claims(said_to_be(blocks, traits, kinds, context), context, traits, few=True)
    tell_beside([block for block in blocks if not claims.hear(block)], claims)
    told = ((judge, judge.close(traits)) for judge in claims.judges)
    return tuple(said for judge, said in told if said is not None and _stands(judge, said))


def said_to_be(
    blocks: Sequence[Block], traits: Traits, kinds: Iterable[Kind], context: Context
) -> tuple[Kind, ...]:
    """The kinds of table that a document says it is."""
    return tuple(kind for kind in kinds if _says(kind, blocks, traits, context))


def _stands(judge: TableJudge, said: Judgement) -> bool:
    """Whether its entries bear it out, and it is sent back: never accepted for so few headings."""
    told = any(finding.rule in ABOUT_HEADINGS for finding in said.findings)
    return judge.tells_of_days and told and said.verdict == "reject"


def _says(kind: Kind, blocks: Sequence[Block], traits: Traits, context: Context) -> bool:
    if not isinstance(kind.shape, TableShape):
        return False
    if context.assume is not None:
        return kind.id == context.assume
    if stamped := kind_of(traits.properties):
        return kind.id == stamped
    names = [fold(name).split() for name in {kind.noun, kind.title, *kind.titles}]
    return any(_is_title(line, name) for line in _top(blocks, traits) for name in names)


def _top(blocks: Sequence[Block], traits: Traits) -> Iterator[str]:
    """The first lines, as far as the first table of several columns, and those of the margins."""
    lines: list[str] = []
    for block in blocks:
        if len(lines) >= AT_THE_TOP or (isinstance(block, Row) and len(block.cells) > 1):
            break
        if isinstance(block, Paragraph | Row):
            lines += [line for line in block.text.split("\n") if line.strip()]
    yield from (line for line in (*lines[:AT_THE_TOP], *traits.margins) if len(line) <= LONGEST)


def _is_title(line: str, name: Sequence[str]) -> bool:
    """ "Internal Agency Chronology: Meadow Lane Surgery", not "The chronology is attached."."""
    words = fold(line).split()
    if not name or len(words) > TITLE_WORDS or line.rstrip().endswith(_SENTENCE):
        return False
    while words and words[: len(name)] != list(name) and words[0] in _BEFORE:
        words = words[1:]
    return words[: len(name)] == list(name)
