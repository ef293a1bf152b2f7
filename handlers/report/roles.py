"""What the labels of a sign-off mean, and whose block a line opens.

Does: makes a lexicon of the shape's wordings of roles and parts, and finds the role that a line
names: in a heading ("Declaration by the report author"), in brackets, or among other words.
Trusts: the shape; `config/labels.toml` for the words of such headings.
Never touches: what is entered in a blank.
Known limits: English word order. The first role that a line names counts.
"""

from __future__ import annotations

from config.labels import HEADING
from config.shape import Field, SignOff
from handlers.document.lexicon import Lexicon, Term, lexicon
from handlers.document.person import pieces
from handlers.typed.fold import fold

LONGEST_HEADING = 10  # words


def lexicon_of(sign_off: SignOff) -> Lexicon:
    """Roles say whose a blank is, parts what it asks for."""
    return lexicon(
        tuple(
            Term(field.key, words, person, field.key == "signature", not person)
            for person, fields in ((False, sign_off.parts), (True, sign_off.roles))
            for field in fields
            for words in _wordings(field)
        )
    )


def _wordings(field: Field) -> tuple[str, ...]:
    return (field.label, *field.also)


def whose(text: str, known: Lexicon) -> str | None:
    """The role that a piece of text is and nothing else: "report author"."""
    terms = known.meaning(text.strip("() "))
    return terms[0].key if terms and all(term.person for term in terms) else None


def role_among(text: str, known: Lexicon) -> str | None:
    """The role that one of a line's pieces is: "Dr A. Green, Named GP (report author)"."""
    return next((role for part in pieces(text) if (role := whose(part, known))), None)


def role_told(text: str, known: Lexicon) -> str | None:
    """The one role that a declaration names: "As the report author I confirm that ..."."""
    words = fold(text[:400]).split()
    found, at = set(), 0
    while at < len(words):
        term, length = known.person_at(words, at)
        found |= {term.key} if term is not None else set()
        at += length
    return found.pop() if len(found) == 1 else None


def heads_block(text: str, known: Lexicon) -> str | None:
    """The role in a line that is a heading and nothing else: "Part 1: sign off by the author"."""
    words = fold(text).split()
    if not 0 < len(words) <= LONGEST_HEADING:
        return None
    role, at = None, 0
    while at < len(words):
        term, length = known.person_at(words, at)
        if term is not None:
            role = role or term.key
        elif words[at] not in HEADING and not words[at].isdigit():
            return None
        at += length
    return role
