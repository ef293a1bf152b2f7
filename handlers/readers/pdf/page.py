"""One page, whoever read it: words, ruling lines and pictures, each in its place."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PageBox:
    """In points (1/72 inch) as the page is looked at: from its left edge, and down from its top."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def width(self) -> float:
        return self.right - self.left

    @property
    def height(self) -> float:
        return self.bottom - self.top

    @property
    def area(self) -> float:
        return max(self.width, 0.0) * max(self.height, 0.0)

    @property
    def middle_across(self) -> float:
        """The middle, from the left."""
        return (self.left + self.right) / 2

    @property
    def middle_down(self) -> float:
        """The middle, from the top."""
        return (self.top + self.bottom) / 2

    def contains_middle_of(self, other: PageBox) -> bool:
        """The middle of `other` is inside."""
        return (
            self.left <= other.middle_across <= self.right
            and self.top <= other.middle_down <= self.bottom
        )

    def shared_height(self, other: PageBox) -> float:
        """How much of the height of the lower of the two they share, from 0 to 1."""
        shared = min(self.bottom, other.bottom) - max(self.top, other.top)
        least = min(self.height, other.height)
        return (
            max(shared, 0.0) / least
            if least > 0
            else float(self.top <= other.middle_down <= self.bottom)
        )

    def covered_width(self, other: PageBox) -> float:
        """How much of the width of `other` this one covers, from 0 to 1, at whatever height."""
        shared = min(self.right, other.right) - max(self.left, other.left)
        return max(shared, 0.0) / other.width if other.width > 0 else 0.0


def bounding_box(boxes: Iterable[PageBox]) -> PageBox:
    """The least box that holds them all. Raises ValueError for none."""
    all_ = list(boxes)
    return PageBox(
        min(box.left for box in all_),
        min(box.top for box in all_),
        max(box.right for box in all_),
        max(box.bottom for box in all_),
    )


STRIKE_FROM, STRIKE_TO = 0.25, 0.8  # of a word's height, from its top: above it is overlined
MIN_STRUCK_WIDTH = 0.8  # of its width


@dataclass(frozen=True, slots=True)
class PageWord:
    """A word, or a box to tick. `text` is never empty."""

    text: str
    box: PageBox
    bold: bool = False


@dataclass(frozen=True, slots=True)
class Page:
    """`rules` are lines drawn straight across or down, as boxes with next to no height or width;
    `pictures` whatever may be a signature: pictures, ink, stamps."""

    width: float
    height: float
    words: tuple[PageWord, ...]
    rules: tuple[PageBox, ...] = ()
    pictures: tuple[PageBox, ...] = ()

    @property
    def area(self) -> float:
        return self.width * self.height


def is_struck_through(word: PageWord, rules: tuple[PageBox, ...]) -> bool:
    """A line runs through the word, over most of its width."""
    high = word.box.top + STRIKE_FROM * word.box.height
    low = word.box.top + STRIKE_TO * word.box.height
    return any(
        high <= rule.middle_down <= low and rule.covered_width(word.box) >= MIN_STRUCK_WIDTH
        for rule in rules
    )
