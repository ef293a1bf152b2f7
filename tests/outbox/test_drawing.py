"""The picture of a timeline: small, the same each time, readable without colour."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date, timedelta
from itertools import combinations
from typing import get_args

import pytest
from PIL import Image, ImageChops

from config.colours import Shade, load_colours
from config.kind_loading import load_kinds
from outbox.digest.picture import WIDTH, drawn
from outbox.digest.timeline import Lane, Look, Mark, Timeline, timeline
from outbox.samples.facts import CASE, TODAY

COLOURS = load_colours()
LINE = timeline(CASE, load_kinds(), TODAY)
LOOKS: tuple[Look, ...] = get_args(Look)


def one(look: Look, day: date = TODAY - timedelta(days=4), name: str = "Housing") -> Timeline:
    return Timeline("In words.", TODAY, (Lane(name, "HOU", (Mark(day, look),)),))


def test_it_fits_a_letter() -> None:
    made = drawn(LINE, COLOURS)
    assert Image.open(io.BytesIO(made.png)).size == (made.width, made.height)
    assert made.width <= 680
    assert len(made.png) < 40_000


def test_twelve_agencies_and_four_returns_each_stay_small() -> None:
    many = replace(LINE, lanes=(LINE.lanes * 2)[:12])
    assert len(drawn(many, COLOURS).png) < 40_000


def test_the_same_timeline_gives_the_same_bytes() -> None:
    assert drawn(LINE, COLOURS) == drawn(LINE, COLOURS)


@pytest.mark.parametrize(("a", "b"), [*combinations(LOOKS, 2)])
def test_looks_differ_in_shape_and_not_only_in_colour(a: Look, b: Look) -> None:
    """With every ink the same, each two looks are still told apart."""
    grey = replace(COLOURS, states=(Shade("#333333", "#eeeeee", begins=("",)),))
    lane = slice(48, 64)
    rows = []
    for look in (a, b):
        made = Image.open(io.BytesIO(drawn(one(look), grey).png)).convert("L")
        rows.append(made.crop((206, lane.start, WIDTH, lane.stop)))
    plainly = ImageChops.difference(*rows).point(lambda value: 255 if value > 64 else 0)
    assert plainly.getbbox() is not None


@pytest.mark.parametrize(
    "name", ["Ll\u0177n Surgery", "\u0417\u0434\u0440\u0430\u0432", "x" * 99, ""]
)
def test_any_name_can_be_drawn(name: str) -> None:
    assert drawn(one("due", name=name), COLOURS).width == WIDTH


def test_a_name_the_font_does_not_know_is_given_without_accents_or_by_its_code() -> None:
    def with_name(name: str) -> bytes:
        return drawn(one("due", name=name), COLOURS).png

    assert with_name("Ll\u0177n Surgery") == with_name("Llyn Surgery")
    assert with_name("\u0417\u0434\u0440") == with_name("x" * 99) == with_name("HOU")


def test_a_case_without_agencies_or_with_one_day_can_be_drawn() -> None:
    assert drawn(Timeline("", TODAY, ()), COLOURS).height > 0
    assert drawn(one("due", TODAY), COLOURS).height > 0
