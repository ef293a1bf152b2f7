"""The disclosure guard: no letter leaves that names a child, a relative or an address."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import lru_cache

from config.case_file import CaseFile
from config.explained_error import ExplainedError
from handlers.register.agencies import AgencyPlace
from handlers.register.register import Register
from outbox.writing.letter import CHAIR_KINDS, Draft, Letter, Recipient
from outbox.writing.letter_text import letter_readings, parse_letter

# Letters that no accent makes, as a keyboard without them writes them; every dash is one dash.
_ALIKE = str.maketrans("łøđħı\u2010\u2011\u2012\u2013\u2014\u2015\u2212", "lodhi-------")
_WORD = re.compile(r"[^\W_]+")
_OWNERS = re.compile(r"(?<=[^\W_])['\u2019\u02bc]s(?![^\W_])")  # "the child's"
_NO_NAME = frozenset({"a", "i"})  # words of every sentence: no family name to come first
_BETWEEN = r"[\W_]{0,3}"
_BEGINS, _ENDS = r"(?<![^\W_])", r"(?![^\W_])"


def plain_text(text: str) -> str:
    """In small letters without accents and without what nobody sees, parted by single blanks."""
    if text.isascii():  # most are: nothing in them has an accent or cannot be seen
        return " ".join(text.casefold().split())
    folded = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    seen = (
        c
        for c in folded
        if c.isascii() or not (unicodedata.combining(c) or unicodedata.category(c) == "Cf")
    )
    return " ".join("".join(seen).translate(_ALIKE).split())


def says_name(text: str, name: str) -> bool:
    """Whether a text, made plain, says a name: whatever stands between its words, and also with
    the last of them first."""
    if not any(squashed in _squashed(text) for squashed in _orders(name)):
        return False  # quick, since most texts name nobody
    owned = _OWNERS.sub(" ", text) if _ends_in_s(name) else text
    return any(pattern.search(owned) for pattern in _patterns(name))


def names_possibly_said(texts: Iterable[str], sought: Iterable[str]) -> list[str]:
    """Those of the names that the texts, made plain, might say: all texts are looked through at
    once, since most letters name nobody. `says_name` says whether one really does."""
    together = "\n".join(map(_squashed, texts))
    return [name for name in sought if any(squashed in together for squashed in _orders(name))]


def cases_possibly_named(texts: Iterable[str], others: Iterable[str]) -> list[str]:
    """Those of the cases that the texts, made plain, might name; `names_other_case` says whether
    one does."""
    together = "\n".join(texts)
    return [other for other in others if _plain(other) in together]


def names_other_case(text: str, reference: str, others: Iterable[str]) -> bool:
    """Whether a text, made plain, names a case of `others`. N12 inside N12-2 is not N12."""
    own = [found.span() for found in _reference(reference).finditer(text)] if reference else []
    return any(
        not any(begins <= found.start() and found.end() <= ends for begins, ends in own)
        for other in others
        if _plain(other) in text  # quick, since most texts name no other case
        for found in _reference(other).finditer(text)
    )


@lru_cache(maxsize=8192)
def _plain(reference: str) -> str:
    return plain_text(reference)


@lru_cache(maxsize=64)
def _squashed(text: str) -> str:
    return "".join(_WORD.findall(text))


@lru_cache(maxsize=8192)
def _orders(name: str) -> tuple[str, ...]:
    return tuple("".join(words) for words in _ordered(name))


@lru_cache(maxsize=8192)
def _patterns(name: str) -> tuple[re.Pattern[str], ...]:
    return tuple(
        re.compile(_BEGINS + _BETWEEN.join(map(re.escape, words)) + _ENDS)
        for words in _ordered(name)
    )


def _ordered(name: str) -> Iterator[list[str]]:
    """The name's words as they stand, and with the family name first."""
    parts = [words for part in plain_text(name).split() if (words := _WORD.findall(part))]
    if not parts:
        return
    yield [word for words in parts for word in words]
    last = "".join(parts[-1])
    if last not in _NO_NAME and not last.isdigit():
        yield [word for words in (parts[-1], *parts[:-1]) for word in words]


@lru_cache(maxsize=8192)
def _ends_in_s(name: str) -> bool:
    """Whether its last word is the letter that also says whose something is."""
    return plain_text(name).split()[-1:] == ["s"]


@lru_cache(maxsize=8192)
def _reference(reference: str) -> re.Pattern[str]:
    """One that is a number alone is told from a day or a count by the word before it."""
    before = r"(?:scr|review|case)\s+" if reference.isdigit() else _BEGINS
    return re.compile(before + re.escape(_plain(reference)) + _ENDS)


MIN_IDENTIFIER_CHARS = 3  # letters of an identifier that can be told from any other word

# What goes to the administrator's desk alone: it names cases freely.
NAMING_KINDS = ("digest", "confirmation", "urgent")


class LetterWithheld(ExplainedError):
    sentence = "The letter would tell somebody what is not theirs to know. It does not go."


class DisclosureGuard:
    """Nobody is told of a case that is not theirs (promise 5)."""

    def __init__(
        self,
        register: Register,
        administrator: Recipient,
        operator: Recipient | None = None,
        chair: Recipient | None = None,
        deputies: Collection[str] = (),
    ) -> None:
        """`deputies` are the addresses of those who may answer for the administrator."""
        self._register = register
        self._administrator = administrator
        self._operator = operator
        self._chair = chair
        self._deputies = frozenset(deputies)

    def check_recipient(self, draft: Draft) -> None:
        """Check whom it goes to. Raises LetterWithheld."""
        if draft.agency_id is None:
            self._officer(draft.kind, draft.recipient.email)
            return
        place = self._place(draft.kind, draft.agency_id)
        if draft.case_id != place.case_id:
            raise LetterWithheld(draft.kind)
        self._may_read(draft.kind, place, draft.recipient.contact_id, draft.recipient.email)

    def check_message(self, draft: Draft, message: bytes) -> None:
        """Check what it says. Raises LetterWithheld."""
        self._read(draft.kind, draft.agency_id, message)

    def check_leaving(self, letter: Letter) -> None:
        """Both, of a letter about to be sent: the register may have changed since it was written.
        Raises LetterWithheld."""
        if letter.agency_id is None:
            self._officer(letter.kind, letter.recipient)
        else:
            place = self._place(letter.kind, letter.agency_id)
            self._may_read(letter.kind, place, letter.contact_id, letter.recipient)
        self._read(letter.kind, letter.agency_id, letter.message)

    def check_words(self, words: str, own: str | None, kind: str = "receipt") -> None:
        """Words for whoever may know of the case `own`. Raises LetterWithheld."""
        self._look([words], own, kind)

    def may_be_told(self, words: str, own: str | None, kind: str = "receipt") -> bool:
        """Whether whoever may know of the case `own` may be told some words."""
        try:
            self.check_words(words, own, kind)
        except LetterWithheld:
            return False
        return True

    def _read(self, kind: str, agency_id: int | None, message: bytes) -> None:
        own = None if agency_id is None else self._place(kind, agency_id).reference
        self._look(letter_readings(parse_letter(message)), own, kind)

    def _look(self, readings: Iterable[str], own: str | None, kind: str) -> None:
        files = self._register.cases.all_case_files()
        unsaid = {subject.name for file in files for subject in file.subjects}
        others: set[str] = set()
        if kind not in NAMING_KINDS:
            others = {file.reference for file in files} - {own} if kind != "alert" else others
            unsaid |= _identifiers(files, own)
        texts = tuple(map(plain_text, readings))
        people, cases = names_possibly_said(texts, unsaid), cases_possibly_named(texts, others)
        for said in texts:
            if any(says_name(said, name) for name in people) or names_other_case(
                said, own or "", cases
            ):
                raise LetterWithheld(kind)

    def _officer(self, kind: str, email: str) -> None:
        officer = self._operator if kind == "alert" else self._administrator
        if kind in CHAIR_KINDS:
            officer = self._chair
        if kind in NAMING_KINDS and email in self._deputies:
            return
        if officer is None or email != officer.email:
            raise LetterWithheld(kind)

    def _place(self, kind: str, agency_id: int) -> AgencyPlace:
        place = self._register.people.place_of_agency(agency_id)
        if place is None:
            raise LetterWithheld(kind)
        return place

    def _may_read(self, kind: str, place: AgencyPlace, contact_id: int | None, email: str) -> None:
        if kind in (*CHAIR_KINDS, "urgent"):
            self._officer(kind, email)
            return
        people = self._register.people.contacts_of_agency(place.agency_id)
        if (contact_id, email) not in {(person.id, person.email) for person in people}:
            raise LetterWithheld(kind)


def _identifiers(files: Sequence[CaseFile], own: str | None) -> set[str]:
    """What other cases' documents are called by, where it can be told from any other word."""
    ours = {f.child_identifier for f in files if f.reference == own}
    return {
        f.child_identifier
        for f in files
        if f.child_identifier not in ours
        and len(f.child_identifier) >= MIN_IDENTIFIER_CHARS
        and not f.child_identifier.isdigit()
    }
