"""A case's reference as people write it, and the identifier that stands for a child."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Literal

from handlers.context import CaseFacts
from handlers.values.normalise import fold_without_spaces

_STANDS_FOR = {
    "#": r"\d{1,9}",
    "@": r"[a-z]",
    "-": r" ?[-\u2010-\u2015] ?",
    "/": r" ?/ ?",
    " ": r"[ \u00a0]{1,2}",
}


def names_reference(words: str, reference: str) -> bool:
    """The reference as a word of its own: "N1" is named neither by "N12" nor by "N1.2"."""
    alone = rf"(?<![\w-])(?<!\w\.){re.escape(reference)}(?![\w-])(?!\.\w)"
    return re.search(alone, words, re.I) is not None


def is_in_file_name(name: str, reference: str) -> bool:
    """As in words; in a name an underscore or a dash may stand for a space: "R21-QA_form.docx"."""
    alone = rf"(?<![^\W_])(?<!\d[-./]){re.escape(reference)}(?![^\W_])(?![-./]\d)"
    return re.search(alone, name, re.I) is not None


def first_named_reference(words: str, references: Iterable[str]) -> str:
    """The first of the references that the words name, in whatever shape it is; "" for none."""
    return next((reference for reference in references if names_reference(words, reference)), "")


def find_other_review(words: str, case: CaseFacts) -> str:
    """What in the words is another review's reference: one that is known, or of a shape that the
    board's have; "" for none."""
    own = (case.reference, case.child_identifier)
    return first_named_reference(words, case.elsewhere) or find_other_reference(
        words, case.shapes, own
    )


def find_other_reference(words: str, shapes: Iterable[str], own: Iterable[str]) -> str:
    """The first reference of one of the shapes that is none of `own`, nor one of theirs with a
    letter more; "" for none. "N12/B" is of N12."""
    ours = [fold_without_spaces(word) for word in own if word]
    for shape in shapes:
        for found in _looks(shape).finditer(words):
            if not any(begins_with_word(fold_without_spaces(found[0]), word) for word in ours):
                return found[0]
    return ""


@lru_cache(maxsize=64)
def _looks(shape: str) -> re.Pattern[str]:
    """ "SAR#-#" finds SAR26-2, sar 26/2 is none, and SAR26-2/K is one with a letter more. What
    stands behind "SCR/" is a review's."""
    body = "".join(_STANDS_FOR.get(char, re.escape(char)) for char in shape)
    return re.compile(
        rf"(?<![\w-])(?:(?<!\w[./])|(?<=\bSCR[./])){body}(?:[/-][a-z0-9]{{1,4}})?"
        r"(?![\w-])(?!\.\w)(?! ?\d[a-z]{2}\b)",
        re.IGNORECASE | re.ASCII,
    )


def is_shaped_like(word: str, references: Iterable[str]) -> bool:
    """Whether it is one of them, or could be another of their kind: "N99" beside "N12", "SAR26-9"
    beside "SAR26-2"; "Final2" is not."""
    shape = _shape(word)
    return any(char.isdigit() for char in word) and any(shape == _shape(r) for r in references)


def _shape(word: str) -> str:
    return re.sub(r"\d+", "0", word.strip().casefold())


def begins_with_word(identifier: str, word: str) -> bool:
    """Both squashed: whether an identifier is the word, or the word and a letter more."""
    return bool(word) and identifier.startswith(word) and not identifier[len(word) :][:1].isdigit()


IdentifierMatch = Literal["ours", "other", "unclear"]

MAX_IDENTIFIER_LENGTH = 24
_PARTS = r"(?:[ ]?[-/.][ ]?[A-Za-z0-9]{1,4}){1,3}"
_LOOKS = re.compile(
    r"(?:[A-Za-z]{1,4}|[A-Z]{5,8})[ ]?[-/.]?[ ]?\d{1,6}"
    rf"(?:[ ]?[-/.]?[ ]?[A-Za-z0-9]{{1,4}}|{_PARTS})?|"
    rf"\d{{4}}[-/][A-Za-z]{{2,8}}[-/]?\d{{1,4}}(?:{_PARTS})?"
)
# Short words before a number that make it no identifier: "boy 2", "aged 3", "May 2009".
_WORDED = re.compile(
    r"(?:child|adult|subject|person|sibling|female|family|case|boy|girl|son|baby|aged?|dob|nhs|male|sib|twin|no|year|yr|born|"
    r"jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)\b",
    re.I,
)


def looks_like_identifier(text: str) -> bool:
    plain = " ".join(text.split())
    if len(plain) > MAX_IDENTIFIER_LENGTH or _WORDED.match(plain):
        return False
    return _LOOKS.fullmatch(plain) is not None


def match_identifier(text: str, case: CaseFacts) -> IdentifierMatch:
    """Whose identifier `text` is. Spaces, case and punctuation make no difference.

    Only what looks like an identifier and does not begin with this case's reference is another
    case's; a second child of the same case, initials or a description are unclear.
    """
    entered = fold_without_spaces(text)
    ours = [fold_without_spaces(case.child_identifier), fold_without_spaces(case.reference)]
    subjects = [fold_without_spaces(subject.name) for subject in case.subjects]
    if entered in filter(None, [*ours, *subjects]) or _among_words(ours[0], text):
        return "ours"
    if find_other_review(text, case):
        return "other"
    if looks_like_identifier(text) and not _same_case(entered, case):
        return "other"
    return "unclear"


def _among_words(identifier: str, text: str) -> bool:
    """The identifier with something beside it: "N12/A (Child N)"."""
    words = [fold_without_spaces(word) for word in re.split(r"[\s,;()]+", text)]
    return bool(identifier) and identifier in words


def _same_case(entered: str, case: CaseFacts) -> bool:
    reference = fold_without_spaces(case.reference)
    return bool(reference) and re.match(rf"{reference}(?!\d)", entered) is not None
