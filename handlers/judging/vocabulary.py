"""Checks that what the confined worker tells is made of our own words alone (failure mode 83).

A document that took the worker over could have it tell anything, and a letter would repeat it. Our
own words in another order are our own still.
"""

from __future__ import annotations

import re
from calendar import month_name
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from functools import cached_property

from config.kind import Kinds
from config.kind_parts import PART_PHRASES
from config.not_yet_in_blanks import NO_VALUE_CLASSES, TEMPLATE_INSTRUCTIONS
from config.rules import ARRIVAL_RULES, VALUE_REFUSALS
from config.time_request_words import TIME_REQUEST_REASONS
from handlers.checks.form.wording import CHANGE_PHRASES
from handlers.context import AgencyFacts
from handlers.document import DANGERS
from handlers.findings import Finding, Judgement
from handlers.judging.arrival import FORMAT_PHRASES, UNREAD_PHRASES
from handlers.values.normalise import QUOTABLE_WORDS
from intake.signatures.signature import SIGNATURE_DOUBTS

MONTH_NAMES = tuple(month_name)
MAX_SENTENCE_CHARS = 600  # characters of one sentence
MAX_FINDINGS = 4_000  # findings of one judgement
MAX_SIGNER_CHARS = 120  # characters more, where a signature names somebody
SIGNED_RULE_ENDING = "-digitally"  # how such a rule's id ends

_WORD = re.compile(r"[^\W\d_]+")
# Addresses, and five figures together: dates, times and rows have none, telephone numbers do.
_STRANGE = re.compile(r"[@\\]|://|\d{5,}")
# What the judges put into the gaps of a rule's sentences, beside headings and what may be quoted.
_SPOKEN = (
    "is are left out and",
    "no one two three four five six seven eight nine ten",
    "a column has, columns have been added in several places",
    "contradicted by what was added, answered with No, struck out in part",
    "moved, changed, struck out, missing, higher up the table, lower down the table",
    "taken out, where the headings stand again; or delete this row, since the headings need to "
    "stand only once above the entries",
    "The same is so in 1 more row, in more rows, the last being row; in more places",
    "the name of somebody the review is about",
    "a person's name, an NHS number, a telephone number, an address or postcode, an e-mail address",
    "this is for recommendation, counted from the left; nothing is entered",
    "only the template's own guidance stands here; neither a name nor a signature",
    "page header or footer, this line, these lines, the line between the heading and",
    "in a footnote",
    "beside the signature, above the criteria, the lines at the top, above or below the table of "
    "details, the text itself",
    "put the name on the line for, in the same cell as, in the cell beside, under, above it, or in "
    "the person's column or row, on the same line as, on the person's side of it, on the line "
    "below, in place of what stands there",
    "at the end of the signing off add, the words, and under them",
    "a picture stands here that may be the person's signature, so a person will look at it",
    "the first columns column from the left have has a heading that we do not know",
    "the first heading after this may be it, so a person will look",
    "line from the top, the line above below the greeting close first full sentence, counted",
    "paragraph of the text, after the greeting (headings blank lines not counted), sentence",
    "in paragraph paragraphs of this part (headings not counted), and more",
    "under the second heading in it",
    "with all that belongs under it, and leave what is entered where it is",
    "the line above below the table, and more",
    "before the first entry, after the entry of, above its headings, with and in its first row",
    "first second third fourth fifth sixth seventh eighth ninth tenth table",
    "appendix annex a b c d e f g h i j k",
    "until a day that we could not read, for days weeks months more, for the reason that it gives",
    "it says neither for which return nor until when",
    "until the following Monday Tuesday Wednesday Thursday Friday Saturday Sunday",
    "until next Monday, the Monday after next",
    "until a later day or, for the rest, a person has to look which is meant",
    "working days eleven twelve fourteen few",
    "st nd rd th h",
)


class Vocabulary:
    """The words that a worker's judgement of one kind may be made of."""

    def __init__(self, kinds: Kinds) -> None:
        self._kinds = kinds

    @cached_property
    def _words(self) -> frozenset[str]:
        """Gathered when a judgement is first asked about: most commands judge nothing."""
        return own_words(self._kinds)

    def contains_judgement(self, said: Judgement, agency: AgencyFacts | None = None) -> bool:
        """Whether a judgement says nothing else, to a letter's reader. What the register calls
        the reader's own `agency` is told to them."""
        theirs = frozenset(_words(" ".join(_names_of(agency))))
        return len(said.findings) <= MAX_FINDINGS and all(
            (
                *map(self._ours, said.passed),
                self._ours(said.clues.identifier_place),
                *(self._told(finding, theirs) for finding in said.findings),
            )
        )

    def _told(self, finding: Finding, theirs: frozenset[str]) -> bool:
        where = finding.where
        named = MAX_SIGNER_CHARS if finding.rule.endswith(SIGNED_RULE_ENDING) else 0
        return self._ours(finding.message, named) and all(
            self._ours(text, 0, theirs)
            for text in (finding.fix, where.column, where.section)
            if text
        )

    def _ours(self, text: str, named: int = 0, theirs: frozenset[str] = frozenset()) -> bool:
        """`named` is how many characters of other words there may be, beside `theirs`."""
        if len(text) > MAX_SENTENCE_CHARS or not text.isprintable() or _STRANGE.search(text):
            return False
        other = (w for w in _words(text) if w not in self._words and w not in theirs)
        return sum(map(len, other)) <= named


def own_words(kinds: Kinds) -> frozenset[str]:
    """Every word of the kinds, and of what the judges say of any kind."""
    ours = (
        kinds.all, ARRIVAL_RULES, VALUE_REFUSALS, DANGERS, FORMAT_PHRASES, UNREAD_PHRASES,
        SIGNATURE_DOUBTS, MONTH_NAMES, QUOTABLE_WORDS, PART_PHRASES, CHANGE_PHRASES,
        [one.says for one in TIME_REQUEST_REASONS], _SPOKEN,
        [one.says for one in NO_VALUE_CLASSES.values()], TEMPLATE_INSTRUCTIONS,
    )  # fmt: skip
    text = " ".join(set(_strings(ours)))  # the kinds have much of it in common
    return frozenset(word.casefold() for word in set(_WORD.findall(text)))


def _names_of(agency: AgencyFacts | None) -> tuple[str, ...]:
    return (agency.name, agency.code, *agency.abbreviations) if agency else ()


def _words(text: str) -> Iterator[str]:
    return (word.casefold() for word in _WORD.findall(text))


def _strings(value: object) -> Iterator[str]:
    """Every string inside a value."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for key, each in value.items():
            yield from (*_strings(key), *_strings(each))
    elif isinstance(value, (tuple, list, frozenset, set)):
        for each in value:
            yield from _strings(each)
    elif is_dataclass(value):
        for field in fields(value):
            yield from _strings(getattr(value, field.name))
