"""Says whether in a sentence of an entry a place was left open, or a note of its author's stands:
"attendance was xx%", "agreed to TBC", "seen by ?? at the clinic", "- check this with the office".

What is quoted is another person's, and a place of which it is said why it is open is none. An entry
tells what was still to be settled then ("date TBC", "HV to check weight"), so only words that stand
in the place of others count, and orders that are about the table.
"""

from __future__ import annotations

import re

from handlers.values.day_words import MONTH_STEM_PATTERN
from handlers.values.gaps import is_explained
from handlers.values.unfinished import without_quotations

_SIGNS = re.compile(r"xx|\btb[cad]\b|\?\?|\[|check|confirm|insert|verify|which", re.I)
# Words after which another has to come.
_NEEDS = (
    r"\b(?:on|of|by|to|from|at|in|with|for|since|until|till|the|an?|dated|aged|called|named|about"
    r"|after|before|approximately|around|costing|weighed)\s+"
)
_COUNTED = (
    r"(?:%|per cent|times|days?|weeks?|months?|years?|hours?|hrs|minutes|mins|occasions|visits"
    r"|sessions|appointments|miles|kgs?|g|grams|cms?|mls?|mg|lbs?|oz|pounds)(?!\w)"
)
_NOTED = (
    r"(?:this|these|dates?|times?|spelling|source|ref(?:erence)?|figures?|name|minutes|which \w+)"
)
_LACKING = (
    r"(?:dates?|times?|day|month|year|figures?|number|quote|wording|outcome|details?|source"
    r"|ref(?:erence)?|age|percentage|summary)"
)
_OPENS = r"(?:^|[.;,(\[\n]|\s[-\u2013\u2014])\s*(?:please\s+|pls\s+|nb:?\s+)?"
_ENDS = r"\s*(?:[.;,)\]!?]|$|\n)"
_TBC_BEHIND = r"(?:with|from|ask|check|when|once)\b"
_TO_COME = r"to (?:be|follow|come)\b[^\]]*"
_ORDER = r"(?:please )?(?:check|confirm|insert|add)\b[^\]]*"
_CHECK = r"(?:check|confirm|verify)"
_WITH = r"\s+with\s+\w+(?:\s\w+)?"
_PAPERS = r"(?:minutes|log|notes|records?|file|system|register|diary|this|these)"
_AGAINST = r"\s+(?:with|against|in)\s+[\w ]{1,24}"
_SHAPES = tuple(
    re.compile(shape, re.I | re.M)
    for shape in (
        # Crosses in a number's place: "xx%", "XX.X kg", "£xx", "xx/xx/2009", "xx March", "aged xx".
        rf"(?<![\w.])x{{2,}}(?:\.x+)?\s?{_COUNTED}",
        r"\u00a3\s?x{2,}(?!\w)",
        r"(?<!\w)(?:x{2,}|\d{1,2})[/.-]x{2,}[/.-](?:x{2,}|\d{2,4})(?!\w)",
        rf"(?<!\w)x{{2,}}(?:th|st|rd|nd)?\s+(?:of\s+)?(?:{MONTH_STEM_PATTERN})[a-z]*\b",
        r"\baged?\s+x{2,}(?!\w)",
        # "agreed to TBC", "Outcome: TBC", "tbc with GP".
        rf"{_NEEDS}(?-i:TB[CAD])\b",
        r"\b(?:outcome|source|details|reason|name)\s*[:\u2013-]\s*"
        r"(?:tb[cad]\b|to be (?:confirmed|added|inserted|checked))",
        rf"{_OPENS}(?:date |time |name )?tb[cad]\s*(?:[,\u2013-]\s*)?{_TBC_BEHIND}",
        # "seen by ?? at the clinic", "outcome ??", "??%". "?? fracture" is a doctor's doubt.
        rf"{_NEEDS}\?{{2,}}(?={_ENDS}|\s+(?:at|on|in|by|who|to|and|from|with|re|about|of)\b)",
        r"\?\?+\s?%",
        rf"\b{_LACKING}\s?\?{{2,}}",
        # "[date]", "[quote to be added]", "(date - check with office)".
        rf"\[\s*(?:insert |add |enter |the )*{_LACKING}"
        rf"(?:\W+(?:tb[cad]|here|{_TO_COME}|{_ORDER}))?\s*\]",
        rf"[(\[][^()\[\]]*[\w%?.](?:\s[-\u2013\u2014]|[,;?])\s*(?:please\s+|pls\s+)?"
        rf"{_CHECK}(?:{_WITH})?\s*[)\]]",
        rf"[(\[]\s*{_CHECK}\s+(?:the\s+)?{_PAPERS}\s*[)\]]",
        r"[(\[]\s*which (?:one|day|visit|date|worker|gp|hv|school)\s*\?+\s*[)\]]",
        # "Check this.", "- check date", "INSERT".
        rf"{_OPENS}{_CHECK}\s+(?:the\s+)?{_NOTED}(?:{_AGAINST}|\s+please)?{_ENDS}",
        rf"{_OPENS}insert(?:\s+(?:the\s+)?(?:here|{_LACKING})\b|{_ENDS})",
    )
)
_DONE = re.compile(
    r"\b(?:check|confirm|verify)\b.*\b(?:made|done|found|held|\w{2,}ed)\s*[)\]]$", re.I
)


def holds_open_place(text: str) -> bool:
    """Whether it does."""
    if not _SIGNS.search(text):
        return False
    plain = without_quotations(text)
    return any(
        not (is_explained(found, plain) or _DONE.search(found[0]))
        for shape in _SHAPES
        for found in shape.finditer(plain)
    )
