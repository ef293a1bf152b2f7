"""Says whether a comment on an answer is still to be written: it opens by a word for "not yet", is
a note of its author's to somebody, or leaves a place open.

"Awaiting the coroner's report" and "To be completed by June" say what is outstanding.
"""

from __future__ import annotations

import re

from handlers.values.doubts import sentences
from handlers.values.open_places import holds_open_place
from handlers.values.unfinished import without_quotations

_PUT_OFF = re.compile(
    r"\W*(?:tb[acdn]|to be (?:confirmed|added|inserted|entered|supplied)"
    r"|(?:comments?|details?|text|wording) (?:to (?:follow|come|be added|be written)|will follow"
    r"|awaited))\b(?![^.]*\d)",
    re.I,
)
_NOTE = re.compile(
    r"\W*(?:need(?:s)? to\s+|please\s+|pls\s+|must\s+)?(?:check|ask|query|chase|ring|speak to)\s+"
    r"(?!(?:the )?(?:section|paragraph|para|page|appendix|chapter|report|imr)\b)[^.\d]{1,40}\W*",
    re.I,
)
_PLACE = re.compile(
    r"\?{2,}|\b(?:sections?|paragraphs?|paras?|pages?|appendix|table|p)\.?\s+(?:x{1,3}|tb[acd]|\?+)"
    r"(?!\w)|\[(?:number|page|section|para(?:graph)?|ref|name)\]",
    re.I,
)

_TEMPLATE = re.compile(r"\[\s*insert\b", re.I)

# "No action plan has been written yet", beside "Yes"; what was not so then is no such comment.
_NOT_YET = re.compile(
    r"\b(?:no|not|none|nothing|nobody|never|isn['\u2019]?t|hasn['\u2019]?t)\b.*\byet\b", re.I
)
_NO_PART = re.compile(
    r"\W*(?:there (?:is|are) )?no (?:action plan|plan|chronology|genogram|summary|analysis|contents"
    r"|personnel key|version control)\b",
    re.I,
)
_NOT_OURS = re.compile(
    r"\b(?:was|were|had|needed|required|necessary|applicable|missing|lacking|outstanding|left)\b",
    re.I,
)


def is_put_off(comment: str) -> bool:
    """Whether it says nothing but that somebody is to be asked, or that it is still to come."""
    return _PUT_OFF.match(comment) is not None or _NOTE.fullmatch(comment.strip()) is not None


def puts_answer_off(comment: str) -> bool:
    """Whether it takes back an answer "Yes" beside it: so, or by saying what is not there yet."""
    said = [one for one in sentences(comment) if not _NOT_OURS.search(one)]
    return is_put_off(comment) or any(_NOT_YET.search(s) or _NO_PART.match(s) for s in said)


def leaves_place_open(comment: str) -> bool:
    """Whether it tells something, and a number or a word of it is not entered. What opens with
    "insert" in brackets is told as the template's own words."""
    if _TEMPLATE.search(comment):
        return False
    return _PLACE.search(without_quotations(comment)) is not None or holds_open_place(comment)
