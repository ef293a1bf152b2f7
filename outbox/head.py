"""The head of a letter: the headers that stand at the top of its template.

Does: parts a rendered template into its head and its text, and takes from the head what a template
may set: the subject, and how Outlook marks the letter.
Trusts: nothing in it; a name that brought a line of its own along would stand there too.
Never touches: the other headers. Who a letter is from and to, and where a reply goes, is no
template's to say: replies have to come back to the service.
Known limits: none.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

SUBJECT = "Subject"
# What else may stand there, and what it may say (RFC 4021).
MORE: Mapping[str, tuple[str, ...]] = {
    "Importance": ("low", "normal", "high"),
    "Sensitivity": ("Personal", "Private", "Company-Confidential"),
}


class LetterMisshapen(Exception):
    """A letter did not come out with exactly the headers it should have. It was not queued."""

    fix = "See what is in the letter's facts that ends a line or looks like an encoded word."


class NoSubject(LetterMisshapen):
    """The first line does not begin with "Subject: "."""

    fix = 'Begin the file with a line such as: Subject: {{ subject("what it is about") }}'


class SubjectAstray(LetterMisshapen):
    """The subject does not begin with the marking, and SCR with the case's reference."""

    fix = 'Put the words inside subject("..."), which puts the marking and the reference first.'


class HeadersAstray(LetterMisshapen):
    """Below the subject stands something that no template may set, or no empty line."""

    fix = (
        "Leave a line empty below the subject. Above it may stand: "
        + "; ".join(f"{name}: {', '.join(values)}" for name, values in MORE.items())
        + "."
    )


class NoText(LetterMisshapen):
    """There is nothing below the head."""

    fix = "Leave a line empty below the subject, and write the text there."


@dataclass(frozen=True, slots=True)
class Head:
    """`more` are further headers, each with its value."""

    subject: str
    more: tuple[tuple[str, str], ...] = ()


def parted(text: str, begins: str) -> tuple[Head, str]:
    """The head and the text. `begins` is what the subject has to begin with. Raises
    LetterMisshapen."""
    head, _, body = text.lstrip("\n").partition("\n\n")
    first, *others = head.split("\n")
    name, _, said = first.partition(": ")
    if name != SUBJECT:
        raise NoSubject
    subject = " ".join(said.split())
    if not subject.startswith(" ".join(begins.split())):
        raise SubjectAstray
    more = tuple(_header(line) for line in others if line.strip())
    if len({name for name, _ in more}) < len(more):
        raise HeadersAstray
    if not body.strip():
        raise NoText
    return Head(subject, more), body


def _header(line: str) -> tuple[str, str]:
    name, _, said = line.partition(":")
    value = said.strip()
    if value not in MORE.get(name, ()):
        raise HeadersAstray
    return name, value
