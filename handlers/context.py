"""The facts a judge may know besides the document: the day, the case, the agency.

Subjects' names travel into the worker because rules compare against them; they never come out.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Subject:
    """A person the review is about."""

    name: str
    born: date | None = None
    relationship: str = ""


@dataclass(frozen=True, slots=True)
class CaseFacts:
    """One review, as far as judging needs it. `period` is inclusive at both ends."""

    reference: str
    child_identifier: str = ""
    period: tuple[date, date] | None = None
    key_issues: tuple[str, ...] = ()
    subjects: tuple[Subject, ...] = ()
    elsewhere: tuple[str, ...] = ()  # references and identifiers of the board's other reviews
    shapes: tuple[str, ...] = ()  # how any of the board's references look: `config/settings.py`


@dataclass(frozen=True, slots=True)
class AgencyFacts:
    """The agency that sent the document."""

    code: str
    name: str
    abbreviations: tuple[str, ...] = ()
    author_names: tuple[str, ...] = ()  # who writes its IMR; compared, never told
    owes: tuple[str, ...] | None = None  # kind ids; None for the whole pack


@dataclass(frozen=True, slots=True)
class Context:
    """All of it. `assume` is a kind id the sender or the administrator named, if any; `sender` the
    name of the registered person who sent it by mail; `about` what the returns are called that a
    letter of ours asked for, which it answers; `due` when what the agency owes is due, each by what
    it is called."""

    today: date
    case: CaseFacts | None = None
    agency: AgencyFacts | None = None
    assume: str | None = None
    sender: str = ""
    about: tuple[str, ...] = ()
    due: tuple[tuple[str, date], ...] = ()
