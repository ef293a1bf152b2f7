"""Reads what the labels of a sign-off mean, and whose block a line opens.

It follows English word order, and the first role that a line names counts. A job that is also a
wording of a role is none where the role is named otherwise.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator, Sequence

from config.kind_shape import Field, SignOff
from config.label_words import BLOCK_HEADING_WORDS, JOB_WORDS, OTHER_LABELS
from handlers.document import Block, Paragraph, Row
from handlers.fields.label_meanings import LONGEST_HEADING, LabelLexicon, LabelTerm, build_lexicon
from handlers.fields.labels import find_line_labels
from handlers.fields.people import (
    LOOK_OF_FIELD,
    is_sentence,
    look_of_text,
    reason_names_nobody,
    split_pieces,
)
from handlers.values.blanks_not_filled import read_postponed_value
from handlers.values.normalise import fold_text


def lexicon_of_roles(sign_off: SignOff) -> LabelLexicon:
    """Roles say whose a blank is, parts what it asks for."""
    return build_lexicon(_terms(sign_off), _said_by(sign_off))


def lexicon_of_blocks(
    blocks: Sequence[Block], sign_off: SignOff, agency: Iterable[str] = ()
) -> LabelLexicon:
    """The same for one signing off, in which a job is no label: where "Agency commissioner" heads
    a block, "Chief Executive" in it is what the commissioner does. `agency` is what the agency is
    called: "On behalf of Meadow Lane Surgery" is whoever signs on behalf of the agency."""
    terms = (*_terms(sign_off), *_for_agency(sign_off, agency))
    said_by = _said_by(sign_off)
    known = build_lexicon(terms, said_by)
    labels = {field.key: fold_text(field.label) for field in sign_off.roles}
    beside: set[str] = set()  # wordings before a colon, dots, or words for a part
    least: dict[str, int] = {}
    declared: set[str] = set()
    for line in _lines(blocks, known):
        declared |= {role_in_declaration(line, known) or ""} if declares(line, known) else set()
        for term, sure in _named(line, known):
            beside |= {term.words} if sure else set()
            if _is_added(line, term, known, declared, least):
                continue
            least[term.key] = min(_jobness(term, labels), least.get(term.key, MAX_JOB_LIKELINESS))
    for block in blocks:
        beside |= _over_columns(block, known) if isinstance(block, Row) else set()
    kept = tuple(
        term
        for term in terms
        if not term.person
        or term.words in beside
        or _jobness(term, labels) <= least.get(term.key, MAX_JOB_LIKELINESS)
    )
    return build_lexicon(kept, said_by)


def _said_by(sign_off: SignOff) -> tuple[tuple[str, str], ...]:
    return tuple(
        (role.key, f" {fold_text(words)} ") for role in sign_off.roles for words in role.said_by
    )


def _is_added(
    line: str,
    term: LabelTerm,
    known: LabelLexicon,
    declared: Container[str],
    headed: Container[str],
) -> bool:
    """Whether a line gives one thing of somebody whom a sentence or a heading above it names, as
    the letter asks for it: "Report author's date: 3 May 2010". It takes nothing from those words:
    in "I approve this report as commissioning manager" they are still no job."""
    possessive = _POSSESSIVE.search(line.partition(":")[0]) is not None
    if term.key not in declared and not (possessive and term.key in headed):
        return False
    return any(
        any(one.person for one in label.terms) and not all(one.person for one in label.terms)
        for label in find_line_labels(line, known)
    )


def _over_columns(row: Row, known: LabelLexicon) -> set[str]:
    """The wordings that head a table's columns, each another person's: no job there."""
    heads = [known.terms_of_label(cell.text) for cell in row.cells if row.number == 1]
    people = [terms[0] for terms in heads if terms and all(term.person for term in terms)]
    return {term.words for term in people} if len({term.key for term in people}) > 1 else set()


def _terms(sign_off: SignOff) -> tuple[LabelTerm, ...]:
    return tuple(
        LabelTerm(
            field.key,
            words,
            person,
            field.key == "signature",
            not person,
            field.reads_as == "role",
            "" if person else LOOK_OF_FIELD.get(field.reads_as, ""),
        )
        for person, fields in ((False, sign_off.parts), (True, sign_off.roles))
        for field in fields
        for words in _wordings(field)
    )


def _for_agency(sign_off: SignOff, names: Iterable[str]) -> Iterator[LabelTerm]:
    """The wordings that speak of the agency, with its name."""
    for name in sorted(names):
        for role in sign_off.roles:
            for words in map(fold_text, _wordings(role)):
                if words.endswith(_FOR_AGENCY):
                    said = words.removesuffix("the agency") + name
                    yield LabelTerm(role.key, said, person=True)


_FOR_AGENCY = ("for the agency", "on behalf of the agency")
_SENTENCES = frozenset({"i", "we", "this", "please", "both", "all"})  # what one begins with
_NO_JOBS = frozenset({"for", "on", "by", "signed"})  # what no job begins with
MAX_JOB_LIKELINESS = 2
LONGEST_TOLD = 400  # characters of a declaration that say whose it is
_POSSESSIVE = re.compile(r"\w['\u2019]s\s")
_BRACKETED = re.compile(r"\(([^()]{1,60})\)")


def _jobness(term: LabelTerm, labels: dict[str, str]) -> int:
    """How likely a role's wording is somebody's job instead: not at all where it is the role's own
    label or has no word of a job ("Approved by"), little where it has the label's word."""
    words = fold_text(term.words).split()
    label = labels[term.key]
    if (
        " ".join(words) == label
        or words[0] in _NO_JOBS
        or not any(word in JOB_WORDS for word in words)
    ):
        return 0
    return 1 if label.split()[-1] in words else MAX_JOB_LIKELINESS


def _named(line: str, known: LabelLexicon) -> Iterator[tuple[LabelTerm, bool]]:
    """The wordings of roles that stand in a line as labels or headings do, and whether they can
    be nothing else."""
    found = find_line_labels(line, known)
    several = len({term.key for one in found for term in one.terms[:1] if term.person}) > 1
    for one in found:
        people = [term for term in one.terms if term.person]
        sure = several or one.colon or len(people) < len(one.terms)
        yield from ((term, sure) for term in people)
    for said in _BRACKETED.findall(line):
        yield from ((term, True) for term in known.terms_of_label(said) if term.person)
    if role_in_heading(line, known):
        words, at = fold_text(line).split(), 0
        while at < len(words):
            term, length = known.person_term_at(words, at)
            if term is not None:
                yield term, length < len(words)
            at += length


def _lines(blocks: Sequence[Block], known: LabelLexicon) -> Iterator[str]:
    for block in blocks:
        if isinstance(block, Paragraph):
            yield from block.text.split("\n")
        elif isinstance(block, Row):
            yield from _row_lines(block, known)


def _row_lines(row: Row, known: LabelLexicon) -> Iterator[str]:
    """A row's lines, without what answers a label that asks for a job."""
    asks = False
    for cell in row.cells:
        if not asks or role_named_alone(cell.text, known) is None:
            yield from cell.text.split("\n")
        for inner in (r for table in cell.tables for r in table):
            yield from _row_lines(inner, known)
        asks = asks or any(term.job for term in known.terms_of_label(cell.text.rstrip(" :")))


def says_otherwise(blocks: Sequence[Block], known: LabelLexicon) -> bool:
    """Whether something stands there that may say whose the blanks are, in words nobody told us of:
    "First party". Then nobody's are known by the order of the blocks."""
    return any(
        _may_say_whose(piece, known)
        for block in blocks
        for line in _before_answers(block, known)
        for piece in _GAP.split(line)
    )


def _before_answers(block: Block, known: LabelLexicon) -> Iterator[str]:
    """A block's lines, of a row those of its cells before the first that asks for something."""
    if not isinstance(block, Row):
        yield from _lines([block], known)
        return
    for cell in block.cells:
        if any(not term.person for term in known.terms_of_label(cell.text.rstrip(" :"))):
            return
        yield from cell.text.split("\n")


def _may_say_whose(piece: str, known: LabelLexicon) -> bool:
    said = piece.strip(" \t:()._\u2026")
    words = fold_text(said).split()
    if (
        not 0 < len(words) <= LONGEST_HEADING
        or fold_text(said) in OTHER_LABELS
        or BLOCK_HEADING_WORDS.issuperset(words)
    ):
        return False
    if any(one.terms for one in find_line_labels(piece, known)) or ":" in piece.rstrip(" :"):
        return False
    if words[0] in _NO_JOBS:
        return True
    sentence = is_sentence(said) and (words[0] in _SENTENCES or piece.rstrip().endswith("."))
    explained = sentence or read_postponed_value(said) or reason_names_nobody(said)
    return not explained and not any(look_of_text(part) for part in split_pieces(said))


_GAP = re.compile(r"\t[\t ]*|[ ]{2,}")


def _wordings(field: Field) -> tuple[str, ...]:
    return (field.label, *field.also)


def role_named_alone(text: str, known: LabelLexicon) -> str | None:
    """The role that a piece of text is and nothing else: "report author"."""
    terms = known.terms_of_label(text.strip("() "))
    return terms[0].key if terms and all(term.person for term in terms) else None


def role_among_pieces(text: str, known: LabelLexicon) -> str | None:
    """The role that one of a line's pieces is: "Dr A. Green, Named GP (report author)"."""
    return next(
        (role for part in split_pieces(text) if (role := role_named_alone(part, known))), None
    )


def declares(text: str, known: LabelLexicon) -> bool:
    """Whether a line is a sentence: a short one, too, where it is in words that we know."""
    return is_sentence(text) or _declared(text, known) is not None


def _declared(text: str, known: LabelLexicon) -> str | None:
    """Whose a sentence is by what is said to have been done: "I wrote this report."."""
    plain = f" {fold_text(text[:LONGEST_TOLD])} "
    return next((key for key, words in known.said_by if words in plain), None)


def role_in_declaration(text: str, known: LabelLexicon) -> str | None:
    """The one role that a declaration names: "As the report author I confirm that ...". Beside what
    is said to have been done, whom it was done for or by is somebody else: "I wrote this report on
    behalf of the agency"."""
    words = fold_text(text[:LONGEST_TOLD]).split()
    found, at = set[LabelTerm](), 0
    while at < len(words):
        term, length = known.person_term_at(words, at)
        found |= {term} if term is not None else set()
        at += length
    done = _declared(text, known)
    named = {term.key for term in found if done is None or not _beside(term)}
    if len(named) == 1:
        return named.pop()
    return None if named else done


def _beside(term: LabelTerm) -> bool:
    words = fold_text(term.words).split()
    return words[0] in _NO_JOBS or words[-1] == "by"


def role_in_heading(text: str, known: LabelLexicon) -> str | None:
    """The role in a line that is a heading and nothing else: "Part 1: sign off by the author"."""
    term = known.heading(text)
    return term.key if term is not None else None
