"""What else is entered on a return that reports nothing, and may say otherwise.

Does: finds the labelled lines that the kind has no blank for ("First contact: 14/06/2008", "Status:
Draft"), a heading that says "Draft", and a search that is said to be short of all.
Trusts: the kind's TOML for the labels and the words that say nothing either way.
Never touches: sentences; `involvement.py` reads those.
Known limits: it does not weigh what is entered: a person does.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from config.shape import Denial, FormShape
from handlers.form.labelled import labelled_lines
from handlers.form.passage import Passage
from handlers.form.sentences import any_of
from handlers.form.signing import pieces_of
from handlers.typed.fold import fold
from handlers.typed.no_value import put_off

BESIDE, UNFINISHED = "statement-beside", "statement-unfinished"
SENTENCE = 8  # words from which a value that ends in a full stop is a sentence
TITLE = 6  # words beside "Nil return:"
DRAFT = 6  # words of a line that calls the document a draft

_NOTHING = re.compile(
    r"(?:no|none|nil|nobody|n|0|zero|not? applicable|n a|na|nothing|never|not known|unknown|no one)"
    r"(?: (?:known|found|held|further|to add|to report|at all|whatsoever|whatever|recorded|record|"
    r"records|involvement|contact|trace|time|any|of|kind|past|or|present|ever)){0,8}$"
)


def entered_beside(
    passages: Sequence[Passage], shape: FormShape, denied: Iterable[str] = ()
) -> Iterator[str]:
    """The rules that what is entered calls for. `denied` are values that are statements."""
    denial = shape.denial
    if denial is None:
        return
    if any(_is_draft(p.text) for p in passages if not p.struck):
        yield BESIDE
    own = {fold(words) for field in shape.fields for words in (field.label, *field.also)}
    searched = {
        fold(words)
        for field in shape.fields
        if field.key == "records"
        for words in (field.label, *field.also)
    }
    for label, value, _ in labelled_lines([p for p in passages if not p.struck]):
        folded = fold(label)
        of_search = folded in searched or not set(folded.split()).isdisjoint(denial.searches)
        if of_search and not folded.startswith("date") and _short_of_all(value, denial):
            yield UNFINISHED
        if folded not in own and not _says_nothing(folded, value, denial) and value not in denied:
            yield BESIDE


def denied_in_answer(label: str, value: str, denial: Denial) -> bool:
    """ "Has any member of the family been known to you?" and "No"."""
    words = set(fold(label).split())
    relations = {*denial.known, *denial.used, *denial.held}
    about = not words.isdisjoint(relations) and not words.isdisjoint(denial.everybody)
    return about and _NOTHING.fullmatch(fold(value)) is not None


def says_none(label: str, value: str, denial: Denial) -> bool:
    """ "Comments: none": nothing is said, of the family or of anything."""
    relations = {*denial.known, *denial.used, *denial.held, *denial.everybody, *denial.one}
    relations |= {*denial.titles, denial.field, "nil", "no", "response", "statement", "involvement"}
    return relations.isdisjoint(fold(label).split()) and _NOTHING.fullmatch(fold(value)) is not None


def _is_draft(text: str) -> bool:
    words = fold(text).split()
    return "draft" in words and len(words) <= DRAFT


def _short_of_all(value: str, denial: Denial) -> bool:
    plain = fold(value)
    put = put_off(value) is not None or plain in ("none", "nil", "no", "not yet")
    return put or any_of(denial.short_of).search(plain) is not None


def _says_nothing(label: str, value: str, denial: Denial) -> bool:
    """A blank, a reference, an address, whoever signs, a sentence read elsewhere, or "none"."""
    plain, words = fold(value), value.split()
    if not plain or _NOTHING.fullmatch(plain) or any_of(denial.neutral).search(label):
        return True
    if value.rstrip().endswith((".", "!", "?")) and len(words) >= SENTENCE:
        return True
    if "nil" in label.split() and len(words) <= TITLE and not _dates(plain):
        return True  # "Nil return: Serious Case Review", "Nil return: yes"
    if not set(label.split()).isdisjoint(denial.searches) and not _dates(plain):
        # "Searches made: ..."; of whom is asked below
        return set(label.split()).isdisjoint(denial.everybody) or "all" in plain.split()
    if label == "contact" and not _dates(plain):
        return True
    found = {piece.sort for piece in pieces_of(value[:240], frozenset())}
    return (
        bool(found)
        and not _dates(plain)
        and found <= {"name", "role", "place"}
        and next(iter(found)) != "place"
    )


def _dates(plain: str) -> bool:
    return re.search(r"\b(?:19|20)\d\d\b|\d \d+ \d", plain) is not None and "to date" not in plain
