"""The identifier that stands for a child, held against the case it was sent for.

Does: says whether an entry is this case's identifier, another case's, or not clear.
Trusts: the register for the case.
Never touches: names, beyond the subjects' in the case, and those never come out.
Known limits: an identifier is told by its looks: a letter or two, a number, and what follows
("N13/A", "SCR-14", "SAR26-2/K"). One made otherwise is another case's where a case of the board's
has it or its shape is the board's, else it is unclear, and a person looks.
"""

from __future__ import annotations

import re
from typing import Literal

from handlers.context import CaseFacts
from handlers.typed.fold import squash
from handlers.typed.reference import of_another_review

Match = Literal["ours", "other", "unclear"]

LONGEST = 24
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
    if len(plain) > LONGEST or _WORDED.match(plain):
        return False
    return _LOOKS.fullmatch(plain) is not None


def held_against(text: str, case: CaseFacts) -> Match:
    """Whose identifier `text` is. Spaces, case and punctuation make no difference.

    Only what looks like an identifier and does not begin with this case's reference is another
    case's; a second child of the same case, initials or a description are unclear.
    """
    entered = squash(text)
    ours = [squash(case.child_identifier), squash(case.reference)]
    subjects = [squash(subject.name) for subject in case.subjects]
    if entered in filter(None, [*ours, *subjects]) or _among_words(ours[0], text):
        return "ours"
    if of_another_review(text, case):
        return "other"
    if looks_like_identifier(text) and not _same_case(entered, case):
        return "other"
    return "unclear"


def _among_words(identifier: str, text: str) -> bool:
    """The identifier with something beside it: "N12/A (Child N)"."""
    words = [squash(word) for word in re.split(r"[\s,;()]+", text)]
    return bool(identifier) and identifier in words


def _same_case(entered: str, case: CaseFacts) -> bool:
    reference = squash(case.reference)
    return bool(reference) and re.match(rf"{reference}(?!\d)", entered) is not None
