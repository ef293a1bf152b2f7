"""The picture of a timeline: small, the same each time, readable without colour."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date, timedelta
from itertools import combinations
from typing import get_args

import pytest
from PIL import Image, ImageChops

from config.colours import ColourPair, load_colours
from config.kind_loading import load_kinds
from outbox.digest.timeline import MarkLook, Timeline, TimelineLane, TimelineMark, build_timeline
from outbox.digest.timeline_picture import PICTURE_WIDTH, draw_timeline
from outbox.samples.days import CASE, TODAY

COLOURS = load_colours()
LINE = build_timeline(CASE, load_kinds(), TODAY)
LOOKS: tuple[MarkLook, ...] = get_args(MarkLook)


def one(look: MarkLook, day: date = TODAY - timedelta(days=4), name: str = "Housing") -> Timeline:
    return Timeline("In words.", TODAY, (TimelineLane(name, "HOU", (TimelineMark(day, look),)),))


def test_it_fits_a_letter() -> None:
    made = draw_timeline(LINE, COLOURS)
    assert Image.open(io.BytesIO(made.png)).size == (made.width, made.height)
    assert made.width <= 680
    assert len(made.png) < 40_000


def test_twelve_agencies_and_four_returns_each_stay_small() -> None:
    many = replace(LINE, lanes=(LINE.lanes * 2)[:12])
    assert len(draw_timeline(many, COLOURS).png) < 40_000


def test_the_same_timeline_gives_the_same_bytes() -> None:
    assert draw_timeline(LINE, COLOURS) == draw_timeline(LINE, COLOURS)


@pytest.mark.parametrize(("a", "b"), [*combinations(LOOKS, 2)])
def test_looks_differ_in_shape_and_not_only_in_colour(a: MarkLook, b: MarkLook) -> None:
    """With every ink the same, each two looks are still told apart."""
    grey = replace(COLOURS, states=(ColourPair("#333333", "#eeeeee", begins=("",)),))
    lane = slice(48, 64)
    rows = []
    for look in (a, b):
        made = Image.open(io.BytesIO(draw_timeline(one(look), grey).png)).convert("L")
        rows.append(made.crop((206, lane.start, PICTURE_WIDTH, lane.stop)))
    plainly = ImageChops.difference(*rows).point(lambda value: 255 if value > 64 else 0)
    assert plainly.getbbox() is not None


@pytest.mark.parametrize(
    "name", ["Ll\u0177n Surgery", "\u0417\u0434\u0440\u0430\u0432", "x" * 99, ""]
)
def test_any_name_can_be_drawn(name: str) -> None:
    assert draw_timeline(one("due", name=name), COLOURS).width == PICTURE_WIDTH


def test_a_name_the_font_does_not_know_is_given_without_accents_or_by_its_code() -> None:
    def with_name(name: str) -> bytes:
        return draw_timeline(one("due", name=name), COLOURS).png

    assert with_name("Ll\u0177n Surgery") == with_name("Llyn Surgery")
    assert with_name("\u0417\u0434\u0440") == with_name("x" * 99) == with_name("HOU")


def test_a_case_without_agencies_or_with_one_day_can_be_drawn() -> None:
    assert draw_timeline(Timeline("", TODAY, ()), COLOURS).height > 0
    assert draw_timeline(one("due", TODAY), COLOURS).height > 0
