"""Reads who is said to have signed, in a sentence: "signed by A. Person, on 3 March 2026".

Whatever does not fit makes the whole unread, which asks a question and makes no fault.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from config.label_words import ORGANISATION_WORDS, SHORTENED_TITLES, SIGNING_WORDS
from handlers.fields.drawn_lines import DRAWN_IN_LETTER, DRAWN_LINE
from handlers.fields.label_meanings import (
    FieldItem,
    FoundField,
    LabelLexicon,
    LabelTerm,
    UnclaimedText,
)
from handlers.fields.people import look_of_text, split_pieces, without_line_number
from handlers.values.blanks_not_filled import is_hedged_value
from handlers.values.day_words import WEEKDAY_PATTERN
from handlers.values.normalise import fold_text
from handlers.values.personal_names import is_full_name_and_no_job, is_job_title

MAX_SIGNING_LENGTH = 600  # characters
_SIGNED = re.compile(r"\b(?:counter[ -]?)?signed\b", re.I)
# Signing that is asked for, denied or still ahead.
_NOT_DONE = re.compile(
    r"\b(?:not|never|will|would|to be|be signed|should|must|shall|can|cannot|await\w*|pending|"
    r"unable|once|when|until|unless|if|before|yet|(?-i:may)|might|please|required?|requires|needs?|unsigned|both)\b",
    re.I,
)
# "Signed by the author, and by the officer who commissioned it.": two roles, or one in a whole
# sentence, and nobody's name or day. "Signed by the author of this report" heads somebody's blanks.
_ROLES_ALONE = re.compile(
    r"(?=.*(?:\b(?:and|then) by\b|, by\b|\bby (?:both|their|each)\b|\.\s*$))"
    r"(?i:(?:counter[ -]?)?signed(?: off)?(?: and dated)?) by (?:the|its|both|their|each) "
    r"[^A-Z\d:\t\n._\u2026]{16,}[.]?\s*"
)
_TITLE = "".join(rf"(?<!\b{title.capitalize()})" for title in SHORTENED_TITLES)
_SENTENCE = re.compile(rf"(?<=[a-z0-9)]){_TITLE}[.;]\s+(?=[A-Z])")
_BY = re.compile(rf"\bby\s+(?=(?:the\s+)?[A-Z]|the\s+|{DRAWN_LINE})")
_NEXT = re.compile(r",?\s+and\s+(?=(?:[a-z][\w-]*\s+)*(?:on\s+[^,]{4,30}?,?\s+)?$)")
_ACTIVE = re.compile(
    r"^(?P<me>I,?\s+(?:am\s+)?)?(?P<who>[A-Z][^;:]{2,150}?),?\s+(?P<said>(?:am|have|has|hereby|duly|"
    r"commissioned|wrote|(?:counter[ -]?)?signed|approved?|confirm(?:ed)?|completed|authored)\b.*)$"
)
_ON = re.compile(
    rf",?\s+\b(?:on|dated)\b:?\s+(?:the\s+)?(?=(?:{WEEKDAY_PATTERN},?\s+)?\d)",
    re.I,
)
_CLOCK = re.compile(r",?\s+at\s+\d{1,2}[:.]\d\d(?:\s*(?:hrs?|hours|am|pm))?\b", re.I)
_AS = re.compile(r",?\s+\bas\s+(?:the\s+|its\s+|an?\s+)?", re.I)
_BEHALF = re.compile(
    r",?\s+(?:for and )?on behalf of (?:the |my |our )?(?P<whose>[\w' -]+?)(?=,|\(|\s+on\b|$)"
)
_PAST = {"wrote": "written"}
_NAMES = re.compile(r"\d|\bby\b|(?<=[a-z,(] )[A-Z][a-z]")
_NO_JOBS = frozenset({"author", "commissioner"})  # whose part it is, and nothing more
_ROLE = "\x01"  # stands before what "as" brings in


@dataclass(frozen=True, slots=True)
class Signing:
    """One person who is said to have signed. `role` is the key of whose part it is, or ""."""

    name: str
    job: str = ""
    day: str = ""
    role: str = ""


def says_signed(text: str) -> bool:
    """Whether a line says in words that somebody signed, whatever can be read of it."""
    text = without_line_number(text)
    if len(text) > MAX_SIGNING_LENGTH or len(text.split()) < 5 or not _SIGNED.search(text):
        return False
    told = re.search(rf"\d|(?<=[a-z,(] )[A-Z]|{DRAWN_LINE}", text)
    return told is not None and not _NOT_DONE.search(text)


def is_signing_line(text: str) -> bool:
    """Whether a line is one that tells it: a job or a day beside a name, or roles alone, and no
    label's colon."""
    text = without_line_number(text)
    if _ROLES_ALONE.fullmatch(text):
        return True
    told = says_signed(text) and len(split_pieces(text)) > 1
    return (
        told
        and re.search(rf":(?!\d)|{DRAWN_IN_LETTER}[^._\u2026]+{DRAWN_IN_LETTER}|\t", text) is None
    )


def find_signings(text: str, known: LabelLexicon) -> tuple[Signing, ...]:
    """Everybody who is said to have signed; none where any of it cannot be read for certain."""
    text = without_line_number(text)
    if not says_signed(text) or is_hedged_value(text) or "\t" in text or "\n" in text:
        return ()
    out: list[Signing] = []
    for sentence in _SENTENCE.split(text.strip().rstrip(".")):
        if not _SIGNED.search(sentence) and not _NAMES.search(sentence):
            continue  # "I confirm that this is a true record."
        found = list(_read(sentence, known))
        if not found or None in found:
            return ()
        out += [one for one in found if one is not None]
    return tuple(out)


def _read(sentence: str, known: LabelLexicon) -> Iterator[Signing | None]:
    """Each clause's person; None for one that cannot be read."""
    clauses = list(_clauses(sentence))
    if clauses and _SIGNED.search(clauses[0][0]):
        for head, tail in clauses:
            yield (
                None
                if _says_more(head)
                else _signing(f"{tail}{_days(head)}", _said_role(head, known), known)
            )
        return
    active = _ACTIVE.match(sentence)
    if clauses or active is None or not _SIGNED.search(active["said"]):
        yield None
        return
    said = active["said"]
    yield (
        None
        if _says_more(said)
        else _signing(f"{active['who']}{_days(said)}", _said_role(said, known), known)
    )


def _clauses(sentence: str) -> Iterator[tuple[str, str]]:
    """What stands before each "by", and what after it up to the next one's own words."""
    marks = list(_BY.finditer(sentence))
    head = sentence[: marks[0].start()] if marks else ""
    for i, mark in enumerate(marks):
        if i + 1 == len(marks):
            yield head, sentence[mark.end() :]
            return
        between = sentence[mark.end() : marks[i + 1].start()]
        cut = _NEXT.search(between)
        if cut is None:
            yield head, between  # "by A. Person by B. Person": read as one, and so as none
            return
        yield head, between[: cut.start()]
        head = between[cut.end() :]


def _signing(tail: str, role: str, known: LabelLexicon) -> Signing | None:
    """One person out of the words after "by"; None where anything is left over or comes twice."""
    behalf = _BEHALF.search(tail)
    if behalf and _is_person(behalf["whose"]):
        return None  # "p.p.": it takes a person to say whose signature that is
    role = role or (_said_role(behalf[0], known) if behalf else "")
    name, jobs, days, roles = "", list[str](), list[str](), list[str]()
    for part in split_pieces(_plain(_BEHALF.sub("", tail, count=1))):
        said = part.removeprefix(_ROLE).strip()
        whose = _whose(said, known, as_role=part.startswith(_ROLE))
        looks = look_of_text(said)
        if whose:
            roles.append(whose)
        elif fold_text(said) in _NO_JOBS:
            continue
        elif looks == "date":
            days.append(said)
        elif not name and looks in ("name", "designation") and is_full_name_and_no_job(said):
            name = said
        elif looks == "designation" and (name or is_job_title(said)):
            jobs.append(said.removeprefix("the "))
        elif fold_text(said).split()[-1:] and fold_text(said).split()[-1] not in ORGANISATION_WORDS:
            return None
    if not name or len(days) > 1 or len(set(roles)) > 1:
        return None
    return Signing(name, ", ".join(jobs), "".join(days), roles[0] if roles else role)


def _plain(text: str) -> str:
    """A tail with what joins its pieces made a comma, and the time of day left out."""
    text = re.sub(r"^the\s+(?=[a-z])", f"{_ROLE}", _CLOCK.sub("", text))
    return _AS.sub(f", {_ROLE}", _ON.sub(", ", text))


def _says_more(words: str) -> bool:
    """Whether there is anything in them but signing, and the day of it."""
    plain = (part for part in split_pieces(_plain(f" {words}")) if look_of_text(part) != "date")
    return not SIGNING_WORDS.issuperset(fold_text(" ".join(plain)).split())


def _days(words: str) -> str:
    """The days among some words, to be put behind a name: "signed on 3 March 2026 by"."""
    parts = (part.removeprefix(_ROLE) for part in split_pieces(_plain(f" {words}")))
    return "".join(f", {part}" for part in parts if look_of_text(part) == "date")


def _is_person(text: str) -> bool:
    return look_of_text(text) == "name" and fold_text(text).split()[-1] not in ORGANISATION_WORDS


def _whose(text: str, known: LabelLexicon, *, as_role: bool) -> str:
    """The role that a piece is; "Chief Executive" between commas is a job, "report author" none."""
    terms = known.terms_of_label(text)
    if not terms or not all(term.person for term in terms):
        return ""
    return terms[0].key if as_role or not is_job_title(text) else ""


def _said_role(words: str, known: LabelLexicon) -> str:
    """The one role that some words tell of: "written and signed", "on behalf of the agency"."""
    folded = fold_text(words).split()
    found: set[str] = set()
    for at, word in enumerate(folded):
        term, _ = known.person_term_at([*folded, "by"], at)
        by = known.terms_of_label(f"{_PAST.get(word, word)} by") if term is None else (term,)
        found |= {one.key for one in by if one.person}
    return found.pop() if len(found) == 1 else ""


def read_signing_items(text: str, position: int, known: LabelLexicon) -> Iterator[FieldItem]:
    """What a line says of who signed, as blanks that are filled in; nothing where it says nothing
    of it. What cannot be read for certain, or leaves something out, is doubted."""
    found = find_signings(text, known)
    for one in found:
        for value, term in _asked_of(one, known):
            yield FoundField((*_role_of(one, known), term), value, position=position)
        if not (one.job and one.day):
            yield UnclaimedText(text, position=position, signing=True)
    if not found and (says_signed(text) or _ROLES_ALONE.fullmatch(without_line_number(text))):
        yield UnclaimedText(text, position=position, signing=True)


def _asked_of(one: Signing, known: LabelLexicon) -> Iterator[tuple[str, LabelTerm]]:
    """Each thing that is said of a person, with what asks for it."""
    values = {"name": one.name, "designation": one.job, "date": one.day}
    seen: set[str] = set()
    for term in known.terms.values():
        value = values.get(term.look, "")
        if value and term.key not in seen and not term.person:
            seen.add(term.key)
            yield value, term


def _role_of(one: Signing, known: LabelLexicon) -> tuple[LabelTerm, ...]:
    terms = (t for t in known.terms.values() if t.person and t.key == one.role)
    return tuple(term for term, _ in zip(terms, range(1), strict=False))
