"""Who signed a report: for one person, what stands for name, job, date and signature.

Does: weighs a person's block part by part: each is there, evidently absent, or cannot be told.
Trusts: `handlers/checks/report/blocks.py` for whose block it is.
Never touches: whether a signature is genuine; a person looks at that.
Known limits: what has no label is known by its look alone, and only ever fills a part or makes a
question of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Literal

from config.document_words import HONOURS, NO_VALUES
from handlers.checks.report.blocks import MADE_BY
from handlers.checks.report.sign_block import UNSIGNED_PARTS, SignBlock
from handlers.fields.label_meanings import Filled, Loose, Spot
from handlers.fields.people import (
    NOBODY,
    closes_a_letter,
    is_job,
    is_name,
    is_prose,
    looks_like,
    no_signature,
    nobody,
    pieces,
    unnamed,
)
from handlers.values.normalise import fold
from handlers.values.placeholders import hedged, only, put_off

State = Literal["there", "absent", "unclear"]
# Answers that are nobody's name, and no signature either.
NO_NAME = frozenset(["yes", "y", "x", "ok", "done", "vacant", "post vacant", "vacancy"])
_SIGNED = re.compile(
    r"\s*(?:/\s?s\s?/|signed\s+(?=[A-Z])|\(sgd\.?\)|sgd\b\.?|\(signed\))\s*(?=\w)", re.I
)


@dataclass(frozen=True, slots=True)
class Place:
    """Where something is asked for: under which label, and where from there. `taken` says that
    something stands in it."""

    label: str
    spot: Spot = ""
    in_table: bool = False
    taken: bool = False


@dataclass(frozen=True, slots=True)
class Part:
    """One thing that a person must give. `says` is the sentence about words that are no value;
    `place` where the report itself asks for it, if it does."""

    state: State
    text: str = ""
    picture: bool = False
    says: str = ""
    place: Place | None = None


@dataclass(frozen=True, slots=True)
class Signatory:
    """One person. `role` is the role's key; `parts` has every part that the shape asks for."""

    role: str
    parts: Mapping[str, Part]
    found: bool = True  # something of the signing off is this person's
    sure: bool = True  # whose it is was not told by its place alone, under words that may say so

    def of(self, state: State) -> tuple[str, ...]:
        return tuple(key for key, part in self.parts.items() if part.state == state)

    @property
    def name(self) -> str:
        """Folded, without a title or what follows a comma; "" when there is none."""
        shown = next((p.text for k in UNSIGNED_PARTS if (p := self.parts.get(k)) and p.text), "")
        words = fold((pieces(shown) or [""])[0]).split()
        return " ".join(words[1:] if words and words[0] in HONOURS else words)

    @property
    def signed_by_picture(self) -> bool:
        parts = (part for part in self.parts.values() if part.state == "there")
        return any(part.picture and not part.text for part in parts)


@dataclass(slots=True)
class _Beside:
    """What stands without a label of its own: days, jobs and names, in order."""

    date: list[str] = field(default_factory=list)
    designation: list[str] = field(default_factory=list)
    name: list[str] = field(default_factory=list)
    letter: bool = False  # a letter's close stands above the name

    def note(self, text: str) -> None:
        look = looks_like(text)
        if look:
            getattr(self, look).append(text)


class Weighed:
    """One person's block, weighed part by part."""

    def __init__(
        self, block: SignBlock | None, strays: Sequence[Loose], theirs: frozenset[str]
    ) -> None:
        self.theirs = theirs
        self.block = block or SignBlock()
        self.strays = strays
        self.beside = _Beside()
        for text in self._texts():
            self.beside.note(text)
        self.beside.letter = any(closes_a_letter(one.text) for one in self.block.loose)

    def parts(self, asked: Sequence[str]) -> dict[str, Part]:
        return {key: replace(self._part(key), place=self._place(key)) for key in asked}

    def _place(self, key: str) -> Place | None:
        """Where it is asked for, by the label's own words: "Signed (agency commissioner)"."""
        filled = self.block.fields.get(key)
        if filled is None or not filled.terms:
            return None
        asked = [term.words for term in filled.terms if not term.person]
        said = [term.words for term in filled.terms if term.person]
        if not asked:
            return None
        label = " and ".join((asked[0], *(words.lower() for words in asked[1:])))
        whose = said[0] if said else filled.note if self.block.says_whose(filled.note) else ""
        label = f"{label[:1].upper()}{label[1:]}" + (f" ({whose.lower()})" if whose else "")
        return Place(label, filled.spot, filled.where.table is not None, not filled.blank)

    def _texts(self) -> Iterator[str]:
        """Pieces that no label asks for: what follows a name or a signature, what stands beside
        the role, and lines by themselves."""
        for key, filled in self.block.fields.items():
            if key in UNSIGNED_PARTS and not put_off(filled.text):
                for text in self._pieces(filled.text)[1:]:
                    if looks_like(text) != "name":
                        yield text
        lines = (one.text for one in self.block.loose if not (one.label or one.signing))
        for text in (self.block.named, *lines):
            if MADE_BY.search(text):
                yield from pieces(text)[1:]  # "commissioned by A. Person, Chief Executive"
            elif not is_prose(text):
                yield from self._pieces(text)

    def _pieces(self, text: str) -> list[str]:
        return [part for part in pieces(text) if not self.block.says_whose(part)]

    def _part(self, key: str) -> Part:
        filled = self.block.fields.get(key)
        if key in self.block.disputed:
            return Part("unclear")
        if filled is not None and not filled.blank:
            return self._entered(key, filled)
        if filled is None:
            return self._unlabelled(key)
        doubted = key in self.block.doubted or self._may_hold(key)
        return Part("unclear" if doubted else "absent")

    def _entered(self, key: str, filled: Filled) -> Part:
        weigh = partial(nobody, theirs=self.theirs) if key in UNSIGNED_PARTS else put_off
        told = weigh(filled.text) if filled.text else None
        if told:
            return Part("absent", says=told.says)
        if key == "name" and len(filled.text.split()) > 1 and is_job(filled.text):
            return Part("unclear", filled.text)
        if fold(filled.text) in NO_NAME and key in UNSIGNED_PARTS:
            return Part("absent", says=NOBODY.says)
        if key == "signature" and not (filled.text or filled.picture):
            return Part("unclear")  # a tick, which is nobody's name
        if key == "signature" and looks_like(filled.text) == "date" and self._named():
            return Part("there", self._named())  # "Report author: A. Green, signed 17 May 2010"
        if key == "signature" and unnamed(filled.text):
            return Part("unclear")
        if hedged(filled.text) or (key == "signature" and no_signature(filled.text)):
            return Part("unclear", filled.text)
        return Part("there", filled.text, filled.picture)

    def _named(self) -> str:
        """The name beside the role itself."""
        first = self._first()
        return first if looks_like(first) == "name" else ""

    def _first(self) -> str:
        return (pieces(self.block.named) or [""])[0]

    def _named_like_a_job(self) -> bool:
        """A name beside the role with a word of jobs in it, and a job after it: "Jane Partner,
        Headteacher"."""
        first, *others = pieces(self.block.named) or [""]
        named = len(first.split()) > 1 and is_name(first) and not is_job(first)
        return named and any(is_job(other) for other in others)

    def _unlabelled(self, key: str) -> Part:
        found: Part | None = None
        if key in ("date", "designation"):
            texts: list[str] = getattr(self.beside, key)
            found = Part("there", texts[0]) if texts else None
        elif key == "name":
            found = self._name()
        elif key == "signature":
            found = self._signature()
        if found is not None:
            return found
        if key == "date" and self._no_day_anywhere():
            return Part("absent")
        return Part("unclear" if self._unexplained() else "absent")

    def _name(self) -> Part | None:
        if only(self._first(), NO_VALUES["nobody"].alone):
            return Part("unclear")  # "as above, Director, 9 April 2010, signed W. Green"
        signed = self.block.fields.get("signature")
        text = "" if signed is None or put_off(signed.text) else signed.text
        if not self.beside.name and self._named_like_a_job():
            return Part("there", self._first())
        if names := self.beside.name:  # a signature, the name in print, perhaps the agency's
            return Part(
                "there", names[1] if len(names) > 1 and not self.beside.letter else names[0]
            )
        first = (pieces(text) or [""])[0]
        if len(first.split()) < 2 or no_signature(first):
            return None
        return Part("there", first)

    def _signature(self) -> Part | None:
        names = self.beside.name
        for text in (self.block.named, *(one.text for one in self.block.loose)):
            if _SIGNED.match(text):
                return Part("there", _SIGNED.sub("", text, count=1))
        if len(names) > 1 or (names and self.beside.letter):
            return Part("there", names[0])
        pictures = any(one.picture for one in self.block.loose)
        return Part("unclear", picture=pictures) if names or pictures else None

    def _unexplained(self) -> bool:
        """Whether something stands here that may be what is looked for."""
        own = (*self.block.loose, *self.strays)
        named = self.block.named
        signed = self.block.fields.get("signature")
        if _SIGNED.match(named) and len(pieces(named)) > 1:
            return True
        if signed is not None and not put_off(signed.text) and len(pieces(signed.text)) > 1:
            return True  # "Signed A. Green, Named GP": a sentence, so to speak
        return any(
            one.picture or one.signing or not is_prose(one.text) or _is_dated(one.text)
            for one in own
        )

    def _no_day_anywhere(self) -> bool:
        """Whether a name or a job is all that stands by itself: neither is a day."""
        own = (*self.block.loose, *self.strays)
        signed = self.block.fields.get("signature")
        texts = [*(one.text for one in own), self.block.named, signed.text if signed else ""]
        known = all(
            looks_like(part) in ("name", "designation") for t in texts for part in pieces(t)
        )
        return known and not any(one.picture or one.signing or one.label for one in own)

    def _may_hold(self, key: str) -> bool:
        """Whether something that stands by itself may belong in a blank that holds nothing."""
        own = (*self.block.loose, *self.strays)
        if key in UNSIGNED_PARTS:
            pictures = key == "signature" and any(one.picture for one in own)
            return pictures or any(looks_like(one.text) == "name" for one in own)
        return any(looks_like(part) == key for one in own for part in pieces(one.text))


def _is_dated(text: str) -> bool:
    """ "Agreed by Dr Helen Marsh, Medical Director, 24 May 2010": a sentence that ends in a day may
    be somebody's signing, in words that we do not know."""
    parts = pieces(text)
    return len(parts) > 1 and looks_like(parts[-1]) == "date"
