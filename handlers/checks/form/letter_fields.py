"""What a letter says of itself where a form has labelled fields."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from config.kind_shape import Field
from config.label_words import LETTER_CLOSINGS, PARTING_LINES
from config.time_request_words import MAX_GAP_WORDS
from handlers.checks.form.form_text import FormPassage
from handlers.checks.form.letter_sentences import (
    LABELLED_LINE,
    MAX_SIGNED_LINE_LENGTH,
    LetterParts,
    asks_for_maker,
    is_not_signing_label,
    merge_row_cells,
    split_sentences,
)
from handlers.checks.form.letter_signature import (
    SignaturePiece,
    find_letter_date,
    find_maker,
    split_signature_line,
)
from handlers.context import AgencyFacts
from handlers.fields.label_meanings import FoundField, LabelTerm
from handlers.fields.signed_by import says_signed
from handlers.findings import FindingPlace
from handlers.values.day_words import DAY_PATTERN, MONTH_PATTERN
from handlers.values.normalise import fold_text
from handlers.values.personal_names import is_full_name, is_role_title, may_be_a_name

AGENCY_MARK = "{agency}"
# `more_time.py` looks for the first three, `request_answers.py` for the next three.
WHICH_TOKEN, UNTIL_TOKEN, WHY_TOKEN = "{which}", "{until}", "{why}"
NOMINEE_TOKEN, SERVING_TOKEN, REACHED_TOKEN = "{nominee}", "{serving}", "{reached}"
LETTER_TOKENS = frozenset(
    {"{signatory}", "{office}", "{dated}", "{searched}"}
    | {WHICH_TOKEN, UNTIL_TOKEN, WHY_TOKEN, NOMINEE_TOKEN, SERVING_TOKEN, REACHED_TOKEN}
)

_DAY = rf"\d{{1,2}}(?:st|nd|rd|th)? (?:of )?(?:\d{{1,2}}|{MONTH_PATTERN})|\d{{4}} \d\d \d\d"
# What stands between the words of a phrase. The text is folded: "11/06/2010" is "11 06 2010".
_STANDS_FOR = {"*": rf"(?:[a-z0-9]+ ){{0,{MAX_GAP_WORDS}}}?", "{date}": rf"(?:{_DAY})\b ?",
               "{word}": "[a-z0-9]+(?: |$)"}  # fmt: skip


def contains_phrase(text: str, phrases: tuple[str, ...], agency: AgencyFacts | None) -> bool:
    """True when `text`, already folded, has any of the phrases."""
    return any(
        _has_words(text, phrase) and _pattern(phrase).search(text) is not None
        for phrase in _spelt_out(phrases, agency)
    )


def _has_words(text: str, phrase: str) -> bool:
    """Quick, since most texts lack a word of most phrases: a pattern costs more to make."""
    return all(map(text.__contains__, _words_of_phrase(phrase)))


@lru_cache(maxsize=4096)
def _words_of_phrase(phrase: str) -> tuple[str, ...]:
    return tuple(fold_text(part) for part in phrase.split() if part not in _STANDS_FOR)


def _spelt_out(phrases: tuple[str, ...], agency: AgencyFacts | None) -> list[str]:
    names = [agency.name, *agency.abbreviations] if agency and AGENCY_MARK in phrases else []
    plain = [phrase for phrase in phrases if phrase not in (AGENCY_MARK, *LETTER_TOKENS)]
    return plain + [n for n in names if fold_text(n)]


@lru_cache(maxsize=4096)
def _pattern(phrase: str) -> re.Pattern[str]:
    parts = (_STANDS_FOR.get(part) or _word(part) for part in phrase.split())
    return re.compile(rf"\b{''.join(parts)}")


def _word(part: str) -> str:
    """A word, or the several that one such as "de-briefing" folds to, up to its end."""
    return rf"{re.escape(fold_text(part)).replace(chr(92) + ' ', ' ')}(?: |$)"


SIGNATORY_TOKEN, OFFICE_TOKEN, DATED_TOKEN = "{signatory}", "{office}", "{dated}"
MAX_CLOSING_LINES = 30  # lines of the closing part that are read
MIN_SENTENCE_WORDS = 6  # words of a line that ends in a full stop and is no line of a signature

_WORD = re.compile(r"[A-Za-z]")
_ON_BEHALF = re.compile(r"\W*(?:signed )?for and on behalf of\b", re.I)
_NAMED = re.compile(r"(?<=\w)\s*:\s*(?=[A-Z])")
_TWO_NAMES = re.compile(r"\b[A-Z](?:[a-z'’-]+|\.)? (?:[A-Z]\.? )?[A-Z][a-z'’-]+")
_STOP = re.compile(r"(?<=[a-z]{3})\. (?=[A-Z\d])")
_WRITTEN_ON = re.compile(
    rf"\b(?:i|we)\b[^.]{{0,160}}?\bwrit(?:e|ing) on (?:the )?{DAY_PATTERN.pattern}", re.I
)


@dataclass(frozen=True, slots=True)
class LetterSignature:
    """The name and the role under a letter, and a day beside them, each with its line; None for
    what is not there. `unread` says that something stands there that was not understood."""

    name: tuple[str, FormPassage] | None = None
    office: tuple[str, FormPassage] | None = None
    day: tuple[str, FormPassage] | None = None
    unread: bool = False


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of the closing part, or one that a label begins, with its pieces."""

    passage: FormPassage
    pieces: tuple[SignaturePiece, ...]
    labelled: bool = False

    def first_of_sort(self, *sorts: str) -> str:
        return next((piece.text for piece in self.pieces if piece.sort in sorts), "")


def field_from_letter(
    field: Field, letter: LetterParts, agency: AgencyFacts | None
) -> FoundField | None:
    """What the letter answers a blank with, where the kind lets it."""
    signed = find_letter_signature(letter, agency)
    if DATED_TOKEN in field.said_by:
        return _filled(field, find_letter_date(letter) or signed.day)
    if SIGNATORY_TOKEN in field.said_by:
        return _filled(field, signed.name)
    return _filled(field, signed.office) if OFFICE_TOKEN in field.said_by else None


def has_unread_signing(field: Field, letter: LetterParts, agency: AgencyFacts | None) -> bool:
    """Whether what such a blank asks for may be among what was not understood."""
    asked = not {SIGNATORY_TOKEN, OFFICE_TOKEN, DATED_TOKEN}.isdisjoint(field.said_by)
    lines = (*letter.body, *letter.foot)
    said = any(says_signed(p.text) or _WRITTEN_ON.search(p.text[:2000]) for p in lines)
    return asked and (said or find_letter_signature(letter, agency).unread)


def piece_beside_label(field: Field, text: str, wanted: str) -> str:
    """The role, or the name alone, out of what stands against one label: "A. Person, Manager"."""
    found = (
        piece.text
        for piece in split_signature_line(text[:MAX_SIGNED_LINE_LENGTH], frozenset())
        if piece.sort == wanted
    )
    return next(found, "")


def _filled(field: Field, said: tuple[str, FormPassage] | None) -> FoundField | None:
    if said is None:
        return None
    text, passage = said
    where = FindingPlace(section=field.label)
    return FoundField(
        (LabelTerm(field.key, field.label),), text, position=passage.position, where=where
    )


@lru_cache(maxsize=4)
def find_letter_signature(letter: LetterParts, agency: AgencyFacts | None) -> LetterSignature:
    """Who signs: below the close, else where a label or a sentence says who."""
    theirs = _places(letter, agency)
    closing = _closing(letter, theirs)
    told = [*_labelled(letter, theirs), *_in_sentences(letter, theirs)]
    unread = any(_unread(line) for line in closing) or _may_name_in_foot(letter, theirs)
    for lines in (closing, told):
        if found := _signatory(lines):
            return _whole(found, [*closing, *told], unread)
    return _by_role([*closing, *told], unread)


def _by_role(lines: Sequence[_Line], unread: bool) -> LetterSignature:
    """What stands there when no name was known: a role, above which "Jane Partner" is a name."""
    roles = [
        (piece.text, ln.passage) for ln in lines for piece in ln.pieces if piece.sort == "role"
    ]
    if roles and may_be_a_name(roles[0][0], beside=len(roles) > 1):
        return LetterSignature(roles[0], roles[1] if len(roles) > 1 else None, _day(lines), unread)
    return LetterSignature(None, roles[0] if roles else None, _day(lines), unread or len(roles) > 1)


def _whole(
    found: tuple[tuple[str, FormPassage], tuple[str, FormPassage] | None],
    lines: Sequence[_Line],
    unread: bool,
) -> LetterSignature:
    """A name, with the role that another line gives where its own place gives none."""
    name, office = found
    if office is None:
        others = (line for line in lines if line.first_of_sort("role"))
        own = (one for one in others if one.first_of_sort("name") in ("", name[0]))
        office = next(((one.first_of_sort("role"), one.passage) for one in own), None)
    return LetterSignature(name, office, _day(lines), unread)


def _day(lines: Sequence[_Line]) -> tuple[str, FormPassage] | None:
    days = ((line.first_of_sort("day"), line.passage) for line in lines)
    return next((day for day in days if day[0]), None)


def _signatory(
    lines: Sequence[_Line],
) -> tuple[tuple[str, FormPassage], tuple[str, FormPassage] | None] | None:
    """The first full name that a role stands beside or below, else the first, else a first name."""
    alone: tuple[str, FormPassage] | None = None
    for sort in ("name", "first name"):
        for at, line in enumerate(lines):
            if not (text := line.first_of_sort(sort)):
                continue
            name = (text, line.passage)
            near = [line, *_below(lines, at)]
            role = next(
                ((n.first_of_sort("role"), n.passage) for n in near if n.first_of_sort("role")),
                None,
            )
            if role:
                return name, role
            alone = alone or name
        if alone:
            return alone, None
    return None


def _below(lines: Sequence[_Line], at: int) -> Iterator[_Line]:
    """The lines under one up to the next name."""
    for line in lines[at + 1 : at + 4]:
        if line.first_of_sort("name"):
            return
        yield line


def _may_name_in_foot(letter: LetterParts, theirs: frozenset[str]) -> bool:
    """Whether a sentence under the close has two words that may be somebody's name."""
    said = [p.text for p in letter.foot[1:] if _is_sentence(p.text)]
    return any(
        fold_text(two[0]) not in theirs for text in said for two in _TWO_NAMES.finditer(text)
    )


def _unread(line: _Line) -> bool:
    sorts = {piece.sort for piece in line.pieces}
    if line.labelled:
        return not sorts.isdisjoint({"name", "role"})
    return "unknown" in sorts


def _closing(letter: LetterParts, theirs: frozenset[str]) -> list[_Line]:
    """The lines under the close that are no sentences; without a close, those after the first
    sentence."""
    lines = merge_row_cells(letter.foot[1:]) if letter.foot else _after_sentence(letter.body)
    if letter.foot and _ON_BEHALF.match(letter.foot[0].text):
        lines = [*_after_sentence(letter.body), *lines]  # who signs may stand above it
    out = []
    for passage in lines:
        if _is_no_line_of_a_signature(passage.text):
            continue
        long = len(passage.text) > MAX_SIGNED_LINE_LENGTH
        bare = "" if long else _without_parting(_NAMED.sub(", ", passage.text))
        if long:
            out.append(_Line(passage, (SignaturePiece("", "unknown"),)))
        elif pieces := tuple(split_signature_line(bare, theirs)):
            out.append(_Line(passage, pieces))
        if len(out) == MAX_CLOSING_LINES:
            break
    return out


def _is_no_line_of_a_signature(text: str) -> bool:
    """A sentence, or a label that is not itself whose it is, as in "Jane Holt: Bursar"."""
    label = LABELLED_LINE.match(text)
    if label is None or is_full_name(label["label"]):
        return _is_sentence(text)
    return not (is_role_title(label["label"]) and is_role_title(label["value"]))


def _after_sentence(body: Sequence[FormPassage]) -> list[FormPassage]:
    lines = merge_row_cells(body)
    first = next((i for i, p in enumerate(lines) if _is_sentence(p.text)), 0)
    return lines[first + 1 :]


def _is_sentence(text: str) -> bool:
    words = text.split()
    ends = text.rstrip().endswith((".", "!", "?"))
    small = sum(word[:1].islower() for word in words)
    return (ends and len(words) >= MIN_SENTENCE_WORDS and small > 1) or (
        len(words) > 8 and 2 * small > len(words)
    )


def _without_parting(text: str) -> str:
    """ "Kind regards, A. Person": what stands after the comma."""
    head, comma, rest = text.partition(",")
    return (
        _STOP.sub(", ", rest)
        if comma and fold_text(head) in PARTING_LINES | LETTER_CLOSINGS
        else text
    )


def _labelled(letter: LetterParts, theirs: frozenset[str]) -> Iterator[_Line]:
    """Lines that a label begins and a name stands in: "Contact: A. Person, Manager"; and, below
    the letterhead, "Manager: A. Person"."""
    for passage in merge_row_cells((*letter.head, *letter.body, *letter.foot)):
        label = LABELLED_LINE.match(passage.text[:MAX_SIGNED_LINE_LENGTH])
        if label is None or is_not_signing_label(label["label"]):
            continue
        pieces = tuple(split_signature_line(label["value"], theirs))
        if not any(piece.sort == "name" for piece in pieces):
            continue
        if is_role_title(label["label"]) and not any(piece.sort == "role" for piece in pieces):
            if passage in letter.head and not label["label"].lower().startswith("from"):
                continue  # a letterhead that names its people
            if not asks_for_maker(label["label"]):
                pieces = (*pieces, SignaturePiece(label["label"], "role"))
        yield _Line(passage, pieces, True)


def _in_sentences(letter: LetterParts, theirs: frozenset[str]) -> Iterator[_Line]:
    """ "Checked by A. Person, Manager, 9 March 2010." and "I, A. Person, Manager, confirm"."""
    for passage in (*letter.head, *letter.body, *letter.foot):
        for sentence in split_sentences([passage.text[:2000]]):
            pieces = tuple(
                split_signature_line(find_maker(sentence)[:MAX_SIGNED_LINE_LENGTH], theirs)
            )
            if any(piece.sort in ("name", "role") for piece in pieces[:3]):
                yield _Line(passage, pieces, True)


def _places(letter: LetterParts, agency: AgencyFacts | None) -> frozenset[str]:
    """The agency's names and what its letterhead gives line by line: nobody's name or role."""
    lines = (p.text for p in letter.head[:8] if not LABELLED_LINE.match(p.text))
    names = [piece for line in lines for piece in re.split(r"\s*(?:,|\t|\s[-–|]\s)\s*", line)]
    if agency is not None:
        names += [agency.name, agency.code, *agency.abbreviations]
    return frozenset(fold_text(name) for name in names if _WORD.search(name)) - {""}
