"""Template text left in: where it stands, and beside which blank of the front sheet.

Does: tells a template's own words ("[Insert date]", "Click here to enter text") from a report that
speaks of such words.
Trusts: the shape's phrases.
Never touches: findings.
Known limits: template text in quotation marks may be what a report is about, so a person looks.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from config.refusals import REFUSALS
from config.shape import Field
from handlers.document.block import Paragraph, Row
from handlers.report.passage import Passage, passages
from handlers.report.report import Report
from handlers.typed.fold import fold
from handlers.typed.template_words import instead_of, instructions

_QUOTES = "\"'“”‘’«"
_CLOSING = ('"', "”", "’", "»")
_OPENING = ("", ":", "\t", "|", ".", "_", "(")  # before a prompt that is one
_NUMBER = re.compile(r"^\s*\(?\d{1,2}(?:\.\d{1,2}){0,3}[.)]?\s+")
_SHOUTED = 6  # words of a line all in capitals that is a sentence


def fields_left(report: Report) -> frozenset[str]:
    """The keys of the front sheet's blanks in which template text was left."""
    return frozenset(
        field.key
        for passage in passages(report.front)
        if template_text(passage, report.shape.placeholders)
        for field in _beside_or_named(passage, report)
    )


def _beside_or_named(passage: Passage, report: Report) -> Iterator[Field]:
    """The blank whose label stands there, or else those that the template's words name: "INSERT
    NAME OF AGENCY"."""
    beside = field_beside(passage, report)
    if beside is not None:
        yield beside
        return
    plain = f" {fold(passage.text)} "
    for field in report.shape.front_sheet:
        if any(f" {fold(words)} " in plain for words in (field.label, *field.also)):
            yield field


def field_beside(passage: Passage, report: Report) -> Field | None:
    """The blank of the front sheet beside or under whose label a passage stands."""
    if passage.position >= report.outline.front:
        return None
    block = report.blocks[passage.position]
    over = report.blocks[passage.position - 1] if passage.position else None
    text = block.cells[0].text if isinstance(block, Row) and block.cells else passage.text
    if isinstance(over, Paragraph) and over.text.rstrip().endswith(":"):
        text = over.text
    plain = f"{fold(text)} "
    named = (
        (len(words), field)
        for field in report.shape.front_sheet
        for words in (field.label, *field.also)
        if plain.startswith(f"{fold(words)} ")
    )
    return max(named, key=lambda pair: pair[0], default=(0, None))[1]


def template_text(passage: Passage, phrases: tuple[str, ...]) -> bool | None:
    """Whether template text stands here: True where it does, False where it may be quoted, None
    where there is none."""
    if passage.paragraph.placeholder:
        return True
    if passage.paragraph.prompted and not passage.text.rstrip().endswith(":"):
        return True
    text = _NUMBER.sub("", passage.text.replace("’", "'"), count=1)
    found = [sure for phrase in phrases for sure in standing(text, phrase)]
    if phrases:  # a shape without any asks for none
        found += [sure for _, sure in instructions(text)]
    return any(found) if found else None


def left_in(text: str, phrases: tuple[str, ...]) -> str:
    """The sentence that says by which words it is found; "" where no phrase is known."""
    found = _look(text, phrases)
    return REFUSALS["template"]["needed"].says.format(look=found) if found else ""


def instead_in(text: str, phrases: tuple[str, ...], *, anonymous: bool = False) -> str:
    """What is to be written in its place, by its own words; "" where these do not say. `anonymous`
    as for `instead_of`."""
    look = _look(text, phrases)
    return instead_of(text.replace("’", "'"), look, anonymous=anonymous) if look else ""


def _look(text: str, phrases: tuple[str, ...]) -> str:
    plain = text.replace("’", "'")
    found = next((phrase for phrase in phrases if any(standing(plain, phrase))), "")
    return found or next((look for look, sure in instructions(plain) if sure), "")


def standing(text: str, phrase: str) -> Iterator[bool]:
    """Each place where a phrase stands as a template prints it, and whether that is certain.

    A phrase in brackets stands anywhere. One in capitals stands apart from other capitals: in a
    text all in capitals it is a sentence's. A prompt ("Click here to enter") begins with a capital
    a line, or what follows a label.
    """
    for found in _pattern(phrase).finditer(text):
        line = text[text.rfind("\n", 0, found.start()) + 1 :].partition("\n")[0]
        before = text[: found.start()].rstrip()[-1:]
        after = text[found.end() :].lstrip()[:1]
        if before in _QUOTES and before:
            yield False
        elif phrase.isupper():
            shouted = line.isupper() and len(line.split()) > _SHOUTED
            yield not shouted and after not in _CLOSING
        elif phrase[0] in "[<" or not phrase.islower() or _opens(found["phrase"], before):
            yield True


@lru_cache(maxsize=64)
def _pattern(phrase: str) -> re.Pattern[str]:
    words = re.escape(phrase)
    if phrase.isupper():
        return re.compile(rf"(?<!\w)(?P<phrase>{words})(?!\w)")
    return re.compile(rf"(?P<phrase>{words})", re.I if phrase.islower() else 0)


def _opens(prompt: str, before: str) -> bool:
    return prompt[0].isupper() and before in _OPENING
