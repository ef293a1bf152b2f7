"""Reads the chasing ladder from `config/ladder.toml`, or a board's own file in its place.

A board's own file replaces ours whole. Every problem is listed with its place.
"""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Literal, Self, TypeVar

from pydantic import AfterValidator, Field, ValidationError, model_validator

from config.user_file import (
    InvalidUserFile,
    Problem,
    StrictModel,
    unreadable_reason,
    validation_problems,
)

LadderReader = Literal["author", "commissioner", "panel representative", "chair"]
LadderLetter = Literal["reminder", "chaser", "escalation", "to-chair"]
CHAIR_LETTER: LadderLetter = "to-chair"  # the letter that a person releases
MAX_WORKING_DAYS = 250  # working days, a year

_SHIPPED = Path(__file__).with_suffix(".toml")
_HEADLINE = "The chasing ladder in {} cannot be used."


@dataclass(frozen=True, slots=True)
class LadderStep:
    """One step: so many working days after the due date, this letter, to these roles. `again` is
    after how many working days it is taken once more, for one that is; 0 for a step of its own."""

    days: int
    letter: LadderLetter
    to: tuple[LadderReader, ...]
    again: int = 0


LadderSteps = tuple[LadderStep, ...]
GivenTuple = TypeVar("GivenTuple", bound=tuple[object, ...])


@dataclass(frozen=True, slots=True)
class Ladder:
    """The steps in order of days: `standard` for every kind that has none of its `own`. `again`
    is after how many working days the last step that goes by itself is taken once more, and so on;
    0 for never."""

    standard: LadderSteps
    own: Mapping[str, LadderSteps] = field(default_factory=dict)
    again: int = 0

    def without_letter(self, letter: LadderLetter) -> Ladder:
        """The same but for the steps of one letter."""
        own = {kind: _but(steps, letter) for kind, steps in self.own.items()}
        return Ladder(_but(self.standard, letter), own, self.again)

    def steps_for_kind(self, kind: str) -> LadderSteps:
        """The steps that a return of this kind climbs."""
        return self.own.get(kind, self.standard)


def _some(given: GivenTuple) -> GivenTuple:
    if not given:
        raise ValueError("should have at least one entry")
    return given


class _Rung(StrictModel):
    days: Annotated[int, Field(strict=True, ge=-MAX_WORKING_DAYS, le=MAX_WORKING_DAYS)]
    letter: LadderLetter
    to: Annotated[tuple[LadderReader, ...], AfterValidator(_some)]

    @model_validator(mode="after")
    def _makes_sense(self) -> Self:
        if (self.letter == "reminder") != (self.days <= 0):
            raise ValueError(
                "should be a reminder until the day it is due, and a chaser, an escalation or"
                " to-chair after it"
            )
        if (self.letter == CHAIR_LETTER) != ("chair" in self.to) or (
            "chair" in self.to and len(self.to) > 1
        ):
            raise ValueError("should send to-chair to the chair alone, and nothing else there")
        return self


class _Own(StrictModel):
    rung: tuple[_Rung, ...]


class _File(StrictModel):
    again: Annotated[int, Field(strict=True, ge=0, le=MAX_WORKING_DAYS)] = 5
    rung: Annotated[tuple[_Rung, ...], AfterValidator(_some)]
    kind: dict[str, _Own] = Field(default_factory=dict)


def load_ladder(kinds: Collection[str], path: Path | None = None) -> Ladder:
    """The ladder of `path`, ours unless one is given. `kinds` are the kinds of return there are.

    Raises InvalidUserFile with every problem.
    """
    headline = _HEADLINE.format(path or _SHIPPED)
    try:
        file = _File.model_validate(tomllib.loads((path or _SHIPPED).read_text(encoding="utf-8")))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as why:
        raise InvalidUserFile(headline, [Problem("", unreadable_reason(why))]) from why
    except ValidationError as why:
        raise InvalidUserFile(headline, validation_problems(why)) from why
    if problems := list(_problems(file, kinds)):
        raise InvalidUserFile(headline, problems)
    own = {id: _in_order(own.rung) for id, own in file.kind.items()}
    return Ladder(_in_order(file.rung), own, file.again)


def _but(steps: LadderSteps, letter: LadderLetter) -> LadderSteps:
    return tuple(step for step in steps if step.letter != letter)


def _problems(file: _File, kinds: Collection[str]) -> Iterator[Problem]:
    """What each rung by itself cannot tell."""
    for id in file.kind:
        if id not in kinds:
            yield Problem(f"kind, {id}", "is not a kind of return: they are named by their files")
    yield from _twice(file.rung, "rung")
    for id, own in file.kind.items():
        yield from _twice(own.rung, f"kind, {id}, rung")


def _twice(steps: tuple[_Rung, ...], place: str) -> Iterator[Problem]:
    for days, times in Counter(rung.days for rung in steps).items():
        if times > 1:
            yield Problem(place, f"has more than one step at {days} days: one day has one letter")


def _in_order(steps: tuple[_Rung, ...]) -> LadderSteps:
    ordered = sorted(steps, key=lambda rung: rung.days)
    return tuple(LadderStep(rung.days, rung.letter, rung.to) for rung in ordered)
