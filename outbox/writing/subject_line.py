"""The head of a letter: its subject line, which begins with the board's marking and the case, and
the two marks for Outlook that a template may set.

Each template in `config/letters/` has the words of its own subject in its first line.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from config.explained_error import ExplainedError
from outbox.writing.letter_marks import as_said

SUBJECT_HEADER = "Subject"
# What else may stand there, and what it may say (RFC 4021).
ALLOWED_HEADERS: Mapping[str, tuple[str, ...]] = {
    "Importance": ("low", "normal", "high"),
    "Sensitivity": ("Personal", "Private", "Company-Confidential"),
}


class LetterMalformed(ExplainedError):
    sentence = (
        "A letter did not come out with exactly the headers it should have. It was not queued."
    )

    fix = "See what is in the letter's facts that ends a line or looks like an encoded word."


class SubjectMissing(LetterMalformed):
    sentence = 'The first line does not begin with "Subject: ".'

    fix = 'Begin the file with a line such as: Subject: {{ subject("what it is about") }}'


class SubjectMalformed(LetterMalformed):
    sentence = "The subject does not begin with the marking, and SCR with the case's reference."

    fix = 'Put the words inside subject("..."), which puts the marking and the reference first.'


class HeadersMalformed(LetterMalformed):
    sentence = "Below the subject stands something that no template may set, or no empty line."

    fix = (
        "Leave a line empty below the subject. Above it may stand: "
        + "; ".join(f"{name}: {', '.join(values)}" for name, values in ALLOWED_HEADERS.items())
        + "."
    )


class TextMissing(LetterMalformed):
    sentence = "There is nothing below the head."

    fix = "Leave a line empty below the subject, and write the text there."


def subject_beginning(marking: str, reference: str) -> str:
    """ "OFFICIAL-SENSITIVE: SCR N12: ". `marking` is the board's with its colon, or ""; without a
    reference nothing but the marking stands there."""
    return f"{marking}SCR {reference}: " if reference else marking


@dataclass(frozen=True, slots=True)
class LetterHead:
    """`more` are further headers, each with its value."""

    subject: str
    more: tuple[tuple[str, str], ...] = ()


def split_head(text: str, begins: str) -> tuple[LetterHead, str]:
    """The head and the text, which may have marks. `begins` is what the subject has to begin
    with. Raises LetterMalformed."""
    head, _, body = text.lstrip("\n").partition("\n\n")
    first, *others = head.split("\n")
    name, _, said = as_said(first).partition(": ")
    if name != SUBJECT_HEADER:
        raise SubjectMissing
    subject = " ".join(said.split())
    if not subject.startswith(" ".join(begins.split())):
        raise SubjectMalformed
    more = tuple(_header(as_said(line)) for line in others if line.strip())
    if len({name for name, _ in more}) < len(more):
        raise HeadersMalformed
    if not body.strip():
        raise TextMissing
    return LetterHead(subject, more), body


def _header(line: str) -> tuple[str, str]:
    name, _, said = line.partition(":")
    value = said.strip()
    if value not in ALLOWED_HEADERS.get(name, ()):
        raise HeadersMalformed
    return name, value
