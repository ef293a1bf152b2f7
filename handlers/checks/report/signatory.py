"""Weighs for one person what stands for name, job, date and signature.

Each is there, evidently absent, or cannot be told. What has no label is known by its look alone,
and only ever fills a part or makes a question of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Literal

from config.label_words import NAME_TITLES
from config.not_yet_in_blanks import NO_VALUE_CLASSES
from handlers.checks.report.block_sharing import MADE_BY_PATTERN
from handlers.checks.report.sign_block import NAME_PARTS, SignBlock
from handlers.fields.label_meanings import TABBED_TABLE, FoundField, UnclaimedText, ValueSpot
from handlers.fields.people import (
    NOBODY_NAMED,
    is_letter_closing,
    is_no_signature,
    is_sentence,
    look_of_text,
    may_be_printed_name,
    reason_names_nobody,
    signs_for_another,
    split_pieces,
    unnamed_signature_kind,
    without_departments,
)
from handlers.values.blanks_not_filled import (
    contains_only_words,
    is_hedged_value,
    read_postponed_value,
)
from handlers.values.normalise import fold_text
from handlers.values.personal_names import is_job_title, is_person_name
from handlers.values.pointing import points_to

PartState = Literal["there", "absent", "unclear"]
# Answers that are nobody's name, and no signature either.
NO_NAME_WORDS = frozenset(["yes", "y", "x", "ok", "done", "vacant", "post vacant", "vacancy"])
_SIGNED = re.compile(
    r"\s*(?:/\s?s\s?/|signed\s+(?=[A-Z])|\(sgd\.?\)|sgd\b\.?|\(signed\))\s*(?=\w)", re.I
)


@dataclass(frozen=True, slots=True)
class SigningPlace:
    """Where something is asked for: under which label, and where from there. `tabbed` says that
    lines stand there in columns that tabs make; `taken` that something stands in it."""

    label: str
    spot: ValueSpot = ""
    in_table: bool = False
    tabbed: bool = False
    taken: bool = False


@dataclass(frozen=True, slots=True)
class SigningPart:
    """One thing that a person must give. `says` is the sentence about words that are no value;
    `place` where the report itself asks for it, if it does."""

    state: PartState
    text: str = ""
    picture: bool = False
    says: str = ""
    place: SigningPlace | None = None
    stands_in: bool = False  # it is signed for another


@dataclass(frozen=True, slots=True)
class Signatory:
    """One person. `role` is the role's key; `parts` has every part that the shape asks for."""

    role: str
    parts: Mapping[str, SigningPart]
    found: bool = True  # something of the signing off is this person's
    sure: bool = True  # whose it is was not told by its place alone, under words that may say so

    def parts_in_state(self, state: PartState) -> tuple[str, ...]:
        return tuple(key for key, part in self.parts.items() if part.state == state)

    @property
    def folded_name(self) -> str:
        """Folded, without a title or what follows a comma; "" when there is none."""
        shown = next((p.text for k in NAME_PARTS if (p := self.parts.get(k)) and p.text), "")
        words = fold_text((split_pieces(shown) or [""])[0]).split()
        return " ".join(words[1:] if words and words[0] in NAME_TITLES else words)

    @property
    def is_signed_by_picture(self) -> bool:
        parts = (part for part in self.parts.values() if part.state == "there")
        return any(part.picture and not part.text for part in parts)


@dataclass(slots=True)
class _Beside:
    """What stands without a label of its own: days, jobs and names, in order."""

    date: list[str] = field(default_factory=list)
    designation: list[str] = field(default_factory=list)
    name: list[str] = field(default_factory=list)
    letter: bool = False  # a letter's close stands above the name

    def note_by_look(self, text: str) -> None:
        look = look_of_text(text)
        if look:
            getattr(self, look).append(text)


class BlockWeighing:
    """One person's block, weighed part by part."""

    def __init__(
        self, block: SignBlock | None, strays: Sequence[UnclaimedText], theirs: frozenset[str]
    ) -> None:
        self.theirs = theirs
        self.block = block or SignBlock()
        self.strays = strays
        self.beside = _Beside()
        for text in self._texts():
            self.beside.note_by_look(text)
        self.beside.letter = any(is_letter_closing(one.text) for one in self.block.loose)

    def weigh_parts(self, asked: Sequence[str]) -> dict[str, SigningPart]:
        return {key: replace(self._part(key), place=self._place(key)) for key in asked}

    def _place(self, key: str) -> SigningPlace | None:
        """Where it is asked for, by the label's own words: "Signed (agency commissioner)"."""
        filled = self.block.fields.get(key)
        if filled is None or not filled.terms:
            return None
        asked = [term.words for term in filled.terms if not term.person]
        said = [term.words for term in filled.terms if term.person]
        if not asked:
            return None
        label = " and ".join((asked[0], *(words.lower() for words in asked[1:])))
        whose = said[0] if said else filled.note if self.block.is_role_name(filled.note) else ""
        label = f"{label[:1].upper()}{label[1:]}" + (f" ({whose.lower()})" if whose else "")
        table = filled.where.table
        tabbed = table == TABBED_TABLE
        return SigningPlace(
            label, filled.spot, table is not None and not tabbed, tabbed, not filled.is_blank
        )

    def _texts(self) -> Iterator[str]:
        """Pieces that no label asks for: what follows a name or a signature, what stands beside
        the role, and lines by themselves."""
        for key, filled in self.block.fields.items():
            if key in NAME_PARTS and not read_postponed_value(filled.text):
                for text in self._pieces(filled.text)[1:]:
                    if look_of_text(text) != "name":
                        yield text
        lines = (one.text for one in self.block.loose if not (one.label or one.signing))
        for text in (self.block.named, *lines):
            if MADE_BY_PATTERN.search(text):
                yield from split_pieces(text)[1:]  # "commissioned by A. Person, Chief Executive"
            elif not is_sentence(text):
                yield from self._pieces(text)

    def _pieces(self, text: str) -> list[str]:
        pieces = without_departments(split_pieces(text))
        return [part for part in pieces if not self.block.is_role_name(part)]

    def _part(self, key: str) -> SigningPart:
        filled = self.block.fields.get(key)
        if key in self.block.disputed:
            return SigningPart("unclear")
        if key == "signature" and any(map(signs_for_another, self._lines())):
            return SigningPart("unclear", stands_in=True)
        if filled is not None and not filled.is_blank:
            return self._entered(key, filled)
        if filled is None:
            return self._unlabelled(key)
        doubted = key in self.block.doubted or self._may_hold(key)
        return SigningPart("unclear" if doubted else "absent")

    def _lines(self) -> Iterator[str]:
        """All that stands in the block, with its labels."""
        yield from (self.block.named, *self.beside.name)
        yield from (one.text for one in (*self.block.loose, *self.strays))
        for filled in self.block.fields.values():
            yield f"{filled.label_words} {filled.text}"

    def _entered(self, key: str, filled: FoundField) -> SigningPart:
        weigh = (
            partial(reason_names_nobody, theirs=self.theirs)
            if key in NAME_PARTS
            else read_postponed_value
        )
        told = weigh(filled.text) if filled.text else None
        if key not in NAME_PARTS and points_to(filled.text) == "here":
            return SigningPart("unclear", filled.text)  # the day of the other who signs, perhaps
        if told:
            return SigningPart("absent", says=told.says)
        if key == "name" and len(filled.text.split()) > 1 and is_job_title(filled.text):
            return SigningPart("unclear", filled.text)
        if fold_text(filled.text) in NO_NAME_WORDS and key in NAME_PARTS:
            return SigningPart("absent", says=NOBODY_NAMED.says)
        if key == "signature" and not (filled.text or filled.picture):
            return SigningPart("unclear")  # a tick, which is nobody's name
        if key == "signature" and look_of_text(filled.text) == "date" and self._named():
            return SigningPart(
                "there", self._named()
            )  # "Report author: A. Green, signed 17 May 2010"
        if key == "signature" and (how := unnamed_signature_kind(filled.text)):
            return SigningPart("unclear", stands_in=how == "for-another")
        if key == "signature" and self._is_printed(filled):
            drawn = any(one.picture for one in self.block.loose)  # over the label
            return SigningPart("there", "", True) if drawn else SigningPart("unclear", filled.text)
        if is_hedged_value(filled.text) or (key == "signature" and is_no_signature(filled.text)):
            return SigningPart("unclear", filled.text)
        return SigningPart("there", filled.text, filled.picture)

    def _is_printed(self, filled: FoundField) -> bool:
        """Whether the one name of the block stands with its job on the line below the one to sign
        on, where it may have been printed before anybody signed."""
        if not filled.below or filled.picture or "name" in self.block.fields or self.beside.name:
            return False
        jobs = self.beside.designation and "designation" not in self.block.fields
        return bool(jobs) and may_be_printed_name(filled.label_words, filled.text)

    def _named(self) -> str:
        """The name beside the role itself."""
        first = self._first()
        return first if look_of_text(first) == "name" else ""

    def _first(self) -> str:
        return (split_pieces(self.block.named) or [""])[0]

    def _named_like_a_job(self) -> bool:
        """A name beside the role with a word of jobs in it, and a job after it: "Jane Partner,
        Headteacher"."""
        first, *others = split_pieces(self.block.named) or [""]
        named = len(first.split()) > 1 and is_person_name(first) and not is_job_title(first)
        return named and any(is_job_title(other) for other in others)

    def _unlabelled(self, key: str) -> SigningPart:
        found: SigningPart | None = None
        if key in ("date", "designation"):
            texts: list[str] = getattr(self.beside, key)
            found = SigningPart("there", texts[0]) if texts else None
        elif key == "name":
            found = self._name()
        elif key == "signature":
            found = self._signature()
        if found is not None:
            return found
        if key == "date" and self._no_day_anywhere():
            return SigningPart("absent")
        return SigningPart("unclear" if self._unexplained() else "absent")

    def _name(self) -> SigningPart | None:
        if contains_only_words(self._first(), NO_VALUE_CLASSES["nobody"].alone):
            return SigningPart("unclear")  # "as above, Director, 9 April 2010, signed W. Green"
        signed = self.block.fields.get("signature")
        text = "" if signed is None or read_postponed_value(signed.text) else signed.text
        if not self.beside.name and self._named_like_a_job():
            return SigningPart("there", self._first())
        if names := self.beside.name:  # a signature, the name in print, perhaps the agency's
            return SigningPart(
                "there", names[1] if len(names) > 1 and not self.beside.letter else names[0]
            )
        first = (split_pieces(text) or [""])[0]
        if len(first.split()) < 2 or is_no_signature(first):
            return None
        return SigningPart("there", first)

    def _signature(self) -> SigningPart | None:
        names = self.beside.name
        for text in (self.block.named, *(one.text for one in self.block.loose)):
            if _SIGNED.match(text):
                return SigningPart("there", _SIGNED.sub("", text, count=1))
        if len(names) > 1 or (names and self.beside.letter):
            return SigningPart("there", names[0])
        pictures = any(one.picture for one in self.block.loose)
        return SigningPart("unclear", picture=pictures) if names or pictures else None

    def _unexplained(self) -> bool:
        """Whether something stands here that may be what is looked for."""
        own = (*self.block.loose, *self.strays)
        named = self.block.named
        signed = self.block.fields.get("signature")
        if _SIGNED.match(named) and len(split_pieces(named)) > 1:
            return True
        if (
            signed is not None
            and not read_postponed_value(signed.text)
            and len(split_pieces(signed.text)) > 1
        ):
            return True  # "Signed A. Green, Named GP": a sentence, so to speak
        return any(
            one.picture or one.signing or not is_sentence(one.text) or _is_dated(one.text)
            for one in own
        )

    def _no_day_anywhere(self) -> bool:
        """Whether a name or a job is all that stands by itself: neither is a day."""
        own = (*self.block.loose, *self.strays)
        signed = self.block.fields.get("signature")
        texts = [*(one.text for one in own), self.block.named, signed.text if signed else ""]
        known = all(
            look_of_text(part) in ("name", "designation") for t in texts for part in split_pieces(t)
        )
        return known and not any(one.picture or one.signing or one.label for one in own)

    def _may_hold(self, key: str) -> bool:
        """Whether something that stands by itself may belong in a blank that holds nothing."""
        own = (*self.block.loose, *self.strays)
        if key in NAME_PARTS:
            pictures = key == "signature" and any(one.picture for one in own)
            return pictures or any(look_of_text(one.text) == "name" for one in own)
        return any(look_of_text(part) == key for one in own for part in split_pieces(one.text))


def _is_dated(text: str) -> bool:
    """ "Agreed by Dr Helen Marsh, Medical Director, 24 May 2010": a sentence that ends in a day may
    be somebody's signing, in words that we do not know."""
    parts = split_pieces(text)
    return len(parts) > 1 and look_of_text(parts[-1]) == "date"
