"""Who is away, in words: until when, and whom their note names instead.

Does: puts an absence into the ends of sentences.
Trusts: the register's absences, whose deputies are plain addresses.
Never touches: anything. A deputy is read out to the administrator as what a note said, and believed
by nobody.
Known limits: a deputy at another domain may be sound; it is only said to be so (failure mode 43).
"""

from __future__ import annotations

from config.calendar import briefly
from handlers.register.entry import Absence


def until(note: Absence) -> str:
    """ " until Thursday 22 April", "" where the note does not say."""
    return f" until {briefly(note.until)}" if note.until else ""


def instead(note: Absence, email: str) -> str:
    """ "the note names deputy@agency.example instead", "" for nobody; `email` is of who is away."""
    if not note.deputy:
        return ""
    apart = "" if known_to(note, email) else ", at another domain than theirs"
    return f"the note names {note.deputy} instead{apart}"


def known_to(note: Absence, email: str) -> bool:
    """Whether the deputy is at the same domain."""
    own, theirs = (each.rpartition("@")[2].casefold() for each in (email, note.deputy))
    return own == theirs
