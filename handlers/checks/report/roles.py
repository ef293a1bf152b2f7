"""What the labels of a sign-off mean, and whose block a line opens.

Does: makes a lexicon of the shape's wordings of roles and parts, and finds the role that a line
names: in a heading ("Declaration by the report author"), in brackets, or among other words. A job
that is also a wording of a role ("Chief Executive") is none where the role is named otherwise.
Trusts: the shape; `config/labels.toml` for the words of such headings and of jobs.
Never touches: what is entered in a blank.
Known limits: English word order. The first role that a line names counts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from config.document_words import HEADING, JOBS
from config.kind_shape import Field, SignOff
from handlers.document import Block, Paragraph, Row
from handlers.fields.label_meanings import Lexicon, Term, lexicon
from handlers.fields.labels import labels_in
from handlers.fields.people import LOOKS, pieces
from handlers.values.normalise import fold

LONGEST_HEADING = 10  # words


def lexicon_of(sign_off: SignOff) -> Lexicon:
    """Roles say whose a blank is, parts what it asks for."""
    return lexicon(_terms(sign_off))


def lexicon_in(blocks: Sequence[Block], sign_off: SignOff) -> Lexicon:
    """The same for one signing off, in which a job is no label: where "Agency commissioner" heads
    a block, "Chief Executive" in it is what the commissioner does."""
    known = lexicon_of(sign_off)
    labels = {field.key: fold(field.label) for field in sign_off.roles}
    beside: set[str] = set()  # wordings before a colon, dots, or words for a part
    least: dict[str, int] = {}
    for line in _lines(blocks, known):
        for term, sure in _named(line, known):
            beside |= {term.words} if sure else set()
            least[term.key] = min(_jobness(term, labels), least.get(term.key, MOST_JOB))
    for block in blocks:
        beside |= _over_columns(block, known) if isinstance(block, Row) else set()
    kept = tuple(
        term
        for term in _terms(sign_off)
        if not term.person
        or term.words in beside
        or _jobness(term, labels) <= least.get(term.key, MOST_JOB)
    )
    return lexicon(kept)


def _over_columns(row: Row, known: Lexicon) -> set[str]:
    """The wordings that head a table's columns, each another person's: no job there."""
    heads = [known.meaning(cell.text) for cell in row.cells if row.number == 1]
    people = [terms[0] for terms in heads if terms and all(term.person for term in terms)]
    return {term.words for term in people} if len({term.key for term in people}) > 1 else set()


def _terms(sign_off: SignOff) -> tuple[Term, ...]:
    return tuple(
        Term(
            field.key,
            words,
            person,
            field.key == "signature",
            not person,
            field.reads_as == "role",
            "" if person else LOOKS.get(field.reads_as, ""),
        )
        for person, fields in ((False, sign_off.parts), (True, sign_off.roles))
        for field in fields
        for words in _wordings(field)
    )


MOST_JOB = 2
_BRACKETED = re.compile(r"\(([^()]{1,60})\)")


def _jobness(term: Term, labels: dict[str, str]) -> int:
    """How likely a role's wording is somebody's job instead: not at all where it is the role's own
    label or has no word of a job ("Approved by"), little where it has the label's word."""
    words = fold(term.words).split()
    label = labels[term.key]
    if " ".join(words) == label or not any(word in JOBS for word in words):
        return 0
    return 1 if label.split()[-1] in words else MOST_JOB


def _named(line: str, known: Lexicon) -> Iterator[tuple[Term, bool]]:
    """The wordings of roles that stand in a line as labels or headings do, and whether they can
    be nothing else."""
    for one in labels_in(line, known):
        people = [term for term in one.terms if term.person]
        sure = one.colon or len(people) < len(one.terms)
        yield from ((term, sure) for term in people)
    for said in _BRACKETED.findall(line):
        yield from ((term, True) for term in known.meaning(said) if term.person)
    if heads_block(line, known):
        words, at = fold(line).split(), 0
        while at < len(words):
            term, length = known.person_at(words, at)
            if term is not None:
                yield term, length < len(words)
            at += length


def _lines(blocks: Sequence[Block], known: Lexicon) -> Iterator[str]:
    for block in blocks:
        if isinstance(block, Paragraph):
            yield from block.text.split("\n")
        elif isinstance(block, Row):
            yield from _row_lines(block, known)


def _row_lines(row: Row, known: Lexicon) -> Iterator[str]:
    """A row's lines, without what answers a label that asks for a job."""
    asks = False
    for cell in row.cells:
        if not asks or whose(cell.text, known) is None:
            yield from cell.text.split("\n")
        for inner in (r for table in cell.tables for r in table):
            yield from _row_lines(inner, known)
        asks = asks or any(term.job for term in known.meaning(cell.text.rstrip(" :")))


def _wordings(field: Field) -> tuple[str, ...]:
    return (field.label, *field.also)


def whose(text: str, known: Lexicon) -> str | None:
    """The role that a piece of text is and nothing else: "report author"."""
    terms = known.meaning(text.strip("() "))
    return terms[0].key if terms and all(term.person for term in terms) else None


def role_among(text: str, known: Lexicon) -> str | None:
    """The role that one of a line's pieces is: "Dr A. Green, Named GP (report author)"."""
    return next((role for part in pieces(text) if (role := whose(part, known))), None)


def role_told(text: str, known: Lexicon) -> str | None:
    """The one role that a declaration names: "As the report author I confirm that ..."."""
    words = fold(text[:400]).split()
    found, at = set(), 0
    while at < len(words):
        term, length = known.person_at(words, at)
        found |= {term.key} if term is not None else set()
        at += length
    return found.pop() if len(found) == 1 else None


def heads_block(text: str, known: Lexicon) -> str | None:
    """The role in a line that is a heading and nothing else: "Part 1: sign off by the author"."""
    words = fold(text).split()
    if not 0 < len(words) <= LONGEST_HEADING:
        return None
    role, at = None, 0
    while at < len(words):
        term, length = known.person_at(words, at)
        if term is not None:
            role = role or term.key
        elif words[at] not in HEADING and not words[at].isdigit():
            return None
        at += length
    return role
