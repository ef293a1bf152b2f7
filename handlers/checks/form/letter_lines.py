"""Recognises lines of a letter that say nothing of anybody: its head and its foot.

A name of somebody in the family, alone on a line, is a name like any other.
"""

from __future__ import annotations

import re
from functools import lru_cache

from config.kind_shape import Denial, Field, FormShape
from config.label_words import (
    JOB_WORDS,
    LETTER_CLOSINGS,
    NAME_TITLES,
    ORGANISATION_WORDS,
    PARTING_LINES,
    ROLE_WORDS,
)
from config.nil_return_words import NIL_NON_NAME_WORDS, SEARCH_DATES
from handlers.checks.form.letter_sentences import LABELLED_LINE, MAX_SIGNED_LINE_LENGTH
from handlers.checks.form.nil_words import ReviewNames, sorts_of_sentence, word_set
from handlers.values.day_words import DAY_PATTERN, MONTH_PATTERN, WEEKDAY_PATTERN
from handlers.values.normalise import fold_text
from handlers.values.personal_names import is_role_title

MAX_PLAIN_LINE_WORDS = 12  # words of such a line
_SENTENCE = 3  # and of one that, with a full stop, is a sentence

# Words for the family that no role and no address has, and words that roles have of anybody.
_KIN = frozenset(
    {"mother", "mothers", "father", "fathers", "mum", "dad", "stepfather", "stepmother", "his"}
    | {"her", "hers", "he", "she", "him", "they", "them", "their", "uncle", "aunt", "cousin"}
    | {"grandmother", "grandfather", "daughter", "son", "twin", "baby", "husband", "wife"}
    | {"boyfriend", "girlfriend", "sibling", "siblings", "brother", "household", "relative"}
)
_OF_ROLES = frozenset(
    {"partner", "sister", "guardian", "child", "children", "childrens", "family", "families"}
    | {"adult", "adults", "patient", "patients", "client", "clients", "tenant", "student", "pupil"}
    | {"support", "housing", "treatment", "records", "record", "information", "care", "named"}
    | {"learner", "customer", "resident", "parent", "parents", "carers", "assessment", "people"}
    | {"the", "of", "for", "and", "on", "in", "to", "at", "a", "serious", "case", "review", "first"}
    | {
        "one",
        "two",
        "three",
        "second",
        "both",
        "contact",
        "referral",
        "referrals",
        "admissions",
        "admission",
        "service",
    }
    | {"intervention", "engagement", "used", "house", "search", "data", "subject", "court", "call"}
)
_SMALL = frozenset(
    {"of", "and", "for", "the", "in", "on", "at", "to", "upon", "de", "la", "van", "von", "pp"}
    | {"behalf", "by", "under", "street", "road"}
)
_MARKS = re.compile(r"[\"“”«»?!…*\[\]<>=%]|(?<!\w)['‘’]|['‘’]s\b|\.\.")
_OF_MANY = re.compile(r"\b(children|women|people)['’]s\b", re.I)  # "Children's Services"
_BRACKETED = re.compile(r"\((?:[a-z]{2,4}|[A-Z][\w&/ -]{2,40})\)", re.I)
_SALUTES = re.compile(r"\W*(?:dear|hi|hello|to whom it may concern|good (?:morning|afternoon))\b")
_DATE = re.compile(
    rf"\W*(?:dated?\b\W*)?(?:{WEEKDAY_PATTERN}\W+)?(?:the )?"
    rf"(?:{DAY_PATTERN.pattern})(?:\W+(?:at )?\d\d?[:.]\d\d(?: ?[ap]m)?)?\W*",
    re.I,
)
_OF_A_MONTH = re.compile(rf"\d{{1,2}}(?:st|nd|rd|th)?(?: {MONTH_PATTERN})?", re.I)
_REACHED = re.compile(
    r"\W*(?:(?:tel|telephone|phone|mobile|fax|e-?mail|web|website|our ref(?:erence)?|"
    r"your ref(?:erence)?|ref(?:erence)?|nhs|ext|direct (?:line|dial)|switchboard)\b\W*"
    r"(?:(?:no|number)\b\W*)?)?(?:[\w.+'/-]*[@\d/][\w.@/-]*|\(?0\d+\)?|www\.[\w./-]+)"
    r"(?: [\d()/-]+)*\W*",
    re.I,
)
_ALL_REACHED = re.compile(rf"(?:(?:{_REACHED.pattern})(?:\s+|$)){{2,4}}", re.I)
_MARKINGS = frozenset(
    {"strictly confidential", "confidential", "private and confidential", "restricted", "official"}
    | {"official sensitive", "strictly private and confidential", "by email", "by e mail", "nil"}
    | {"by secure email", "private", "in confidence", "to be opened by addressee only", "protect"}
)
_PIECES = re.compile(r"\s*[|\t•]\s*")
_PAGE = re.compile(r"(?:page )?\d{1,3}(?: of \d{1,3})?")
_NONE = frozenset({"", "none", "nil", "n a", "na", "0", "not applicable", "no"})

# What labels ask for, each by the words it may be called beside the kind's own.
_REFERENCES = frozenset(
    {"ref", "reference", "our ref", "your ref", "our reference", "your reference", "case", "review"}
    | {"case reference", "case ref", "scr", "scr reference", "review reference", "case number"}
    | {"serious case review", "re", "subject", "case no", "child identifier", "review ref", "title"}
    | {"response to", "nil return", "regarding"}
)
_REACHES = frozenset(
    {"telephone", "tel", "phone", "mobile", "fax", "email", "e mail", "address", "contact", "web"}
    | {"website", "postcode", "telephone number", "contact number", "contact details", "tel no"}
)
_PEOPLE = frozenset(
    {"from", "to", "signed", "signature", "name", "contact", "for the attention of", "fao", "by"}
    | {"approved by", "authorised by", "signed by", "checked by", "department", "team", "office"}
    | {"sender", "attention", "contact person", "contact name", "sent by", "manager", "addressee"}
    | {"head office", "registered office", "main office"}
)
_ANY_LABELS = _REFERENCES | _REACHES | _PEOPLE


def is_plain_line(text: str, names: ReviewNames, denial: Denial) -> bool:
    """Whether a line is one of these, and says no more."""
    pieces = _PIECES.split(text.strip(" |\t•"))
    if len(pieces) > 1:
        return all(is_plain_line(piece, names, denial) for piece in pieces)
    folded, written = fold_text(text), text.strip()
    if (
        not folded
        or folded in LETTER_CLOSINGS | PARTING_LINES | _MARKINGS
        or _PAGE.fullmatch(folded)
    ):
        return True
    if tuple(folded.split()) in (*names.agency, *names.reference) or is_date_line(written):
        return True
    if (
        _REACHED.fullmatch(written)
        or _ALL_REACHED.fullmatch(written)
        or sorts_of_sentence(written, names, ("subject_line", "salutation"))
    ):
        return True
    return is_name_or_role(written, denial)


def is_salutation(text: str) -> bool:
    return _SALUTES.match(text.lower()) is not None


def is_date_line(text: str) -> bool:
    return _DATE.fullmatch(text) is not None


def _are_days(text: str) -> bool:
    """ "28 and 29 June 2010", but not from one day to another, which sets limits to a search."""
    *before, last = re.split(r"\s*(?:,|&|\band\b)\s*", text.strip())
    return is_date_line(last) and all(
        is_date_line(one) or _OF_A_MONTH.fullmatch(one) for one in before
    )


def is_name_or_role(text: str, denial: Denial) -> bool:
    """A name, a role, a department, a street or a greeting: words with a capital, none of which
    tells of anything."""
    salutes = _SALUTES.match(text.lower())
    if salutes:
        text = text[salutes.end() :]
    head, comma, rest = text.partition(",")
    if comma and fold_text(head) in LETTER_CLOSINGS | PARTING_LINES:
        text = rest
    plain = _DATE.sub(" ", _BRACKETED.sub(lambda m: m[0][1:-1].title(), text))
    words = plain.replace(",", " ").replace("/", " ").split()
    if (
        len(words) > MAX_PLAIN_LINE_WORDS
        or _MARKS.search(_OF_MANY.sub(r"\1", plain))
        or "(" in plain
        or ")" in plain
    ):
        return False
    folded = [part for word in words for part in fold_text(word).split()]
    if not _KIN.isdisjoint(folded) or not _tells(denial).isdisjoint(folded):
        return False
    if any(word.isdigit() and len(word) > 3 for word in folded):
        return False
    if text.rstrip().endswith(".") and len(words) >= _SENTENCE and not salutes:
        return False
    small = [fold_text(word) for word in words if not _capital(word)]
    roles = [word for word in small if word in ROLE_WORDS | ORGANISATION_WORDS]
    return not (roles and "the" in folded and "behalf" not in folded) and set(small) <= {
        *_SMALL,
        *roles,
    }


def _capital(word: str) -> bool:
    bare = word.strip("-–—.:;&|")
    return not bare or not bare[0].isalpha() or bare[0].isupper()


@lru_cache(maxsize=8)
def _tells(denial: Denial) -> frozenset[str]:
    lists = (denial.one, denial.everybody, denial.known, denial.used, denial.tells, denial.turns)
    more = (denial.negations, denial.pointers, denial.searches)
    told = frozenset(word for words in (*lists, *more) for word in words)
    return (
        told
        | NIL_NON_NAME_WORDS
        | {"yes", "enc", "encs", "over", "overleaf", "update"}
        | {"nil", "provisional", "pending"}  # a heading: the grammar knows it
    ) - _OF_ROLES


def is_labelled_plainly(
    label: str, value: str, names: ReviewNames, shape: FormShape, denial: Denial
) -> bool | None:
    """Whether what stands beside a label is no more than its kind; None for a label that is not
    known, and for one beside which sentences stand."""
    folded = fold_text(label)
    if fold_text(value) in _NONE:
        return word_set(denial.known).isdisjoint(folded.split()) or None
    asked = {field.key: folded_labels(shape.fields, field.key) for field in shape.fields}
    if folded in asked.get("date", frozenset()) | {"sent", "typed", "dictated"}:
        return is_date_line(value)
    if folded in SEARCH_DATES:
        return _are_days(value)
    if folded in asked.get("records", ()):
        return bool(sorts_of_sentence(value, names, ("systems", "search")))
    if folded in asked.get("role", ()) and folded != "title":
        role = is_role_title(value) or fold_text(value).split()[-1] in JOB_WORDS | NAME_TITLES
        return is_name_or_role(value.title() if role else value, denial)
    if folded in asked.get("agency", ()):
        return tuple(fold_text(value).split()) in names.agency or is_name_or_role(value, denial)
    if folded in _REFERENCES:
        refers = _REACHED.fullmatch(value) or sorts_of_sentence(value, names, ("subject_line",))
        return bool(refers) or is_plain_line(value, names, denial) or None
    if folded in _REACHES and _REACHED.fullmatch(value):
        return True
    if folded in asked.get("name", frozenset()) | _PEOPLE | _REACHES or is_role_title(label):
        return is_plain_line(value, names, denial)
    return None


def split_label(text: str) -> tuple[str, str] | None:
    found = (
        LABELLED_LINE.match(text[:MAX_SIGNED_LINE_LENGTH])
        if len(text) <= MAX_SIGNED_LINE_LENGTH
        else None
    )
    return (found["label"], found["value"]) if found else None


def is_known_label(text: str, shape: FormShape) -> bool:
    """A label that stands alone, its value blank or in the next cell."""
    folded = fold_text(text)
    return folded in _ANY_LABELS or folded in folded_labels(shape.fields)


@lru_cache(maxsize=64)
def folded_labels(fields: tuple[Field, ...], key: str = "") -> frozenset[str]:
    """Whatever the blanks of a form, or one of them, are called; each line of a letter is held
    against them."""
    asked = (field for field in fields if not key or field.key == key)
    return frozenset(fold_text(words) for field in asked for words in (field.label, *field.also))
