"""A plan of labelled lines under a heading for each recommendation, whichever label comes first.

Failure modes 91 and 95: "Recommendation 1" over "Action: ..." was read as the recommendation
itself, and the label "Recommendation:" as the next item's.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import pytest

from handlers.checks.report.plan_layouts import read_labelled_lines, read_turned_table
from handlers.checks.report.report_tables import find_tables
from handlers.document import Block, Paragraph
from tests.each_case import each_case
from tests.handlers.checks.report.conftest import KIND
from tests.handlers.checks.report.test_plan_layouts import HEADINGS, KEYS, ONE, TWO, rows

PLAN = KIND.shape.plan
THREE = {key: f"{ONE[key]} again" for key in KEYS}
EVERY = (ONE, TWO, THREE)
SPELT = ("One", "Two", "Three")
TURNS = ("First", "Second", "Third")
WORDINGS = {
    "number": "Recommendation {n}",
    "colon": "Recommendation {n}:",
    "dash": "Recommendation {n} – ",
    "full stop": "Recommendation {n}.",
    "no": "Recommendation no. {n}",
    "number sign": "Recommendation #{n}",
    "number in brackets": "Recommendation ({n})",
    "of so many": "Recommendation {n} of 3",
    "dotted": "Recommendation 8.{n}",
    "paragraph": "8.{n} Recommendation {n}",
    "spelt": "Recommendation {spelt}",
    "spelt with a colon": "Recommendation {spelt}:",
    "turn": "{turn} recommendation",
    "turn with a colon": "{turn} Recommendation:",
    "short": "Rec {n}",
    "shorter": "Rec. {n}",
    "roman": "Recommendation {roman}",
    "capitals": "RECOMMENDATION {n}",
    "agency's": "Agency recommendation {n}",
    "only a count": "No. {n}",
    "item": "Item {n}",
    "letter and number": "R{n}",
    "title": "Recommendation {n}: Second looks",
    "title after a dash": "Recommendation {n} – Second looks",
}
ORDERS = [KEYS[at:] + KEYS[:at] for at in range(len(KEYS))] + [KEYS[::-1]]
Filled = dict[str, str]


def headed(wording: str, order: Sequence[str], items: Sequence[Filled]) -> Iterator[Block]:
    """A label that an item has not got is not printed for it."""
    for n, item in enumerate(items, 1):
        said = {"n": n, "spelt": SPELT[n - 1], "turn": TURNS[n - 1], "roman": "I" * n}
        yield Paragraph(wording.format(**said), bold=True)
        yield from (Paragraph(f"{HEADINGS[key]}: {item[key]}") for key in order if key in item)


def read(blocks: Sequence[Block]) -> list[Filled]:
    table = read_labelled_lines(blocks, PLAN, [range(len(blocks))], "Action Plan")
    assert table is not None
    return [{key: item.entered[key].text for key in table.keys} for item in table.items]


@each_case("wording", WORDINGS.values(), ids=WORDINGS)
def test_each_recommendation_under_a_heading_has_its_own_lines_in_any_order(wording):
    for order in ORDERS:
        if "Second" in wording and order[-1] == "recommendation":
            continue  # may as well be the next one, without its number
        found = read(list(headed(wording, order, EVERY)))
        for item, told in zip(EVERY, found, strict=True):
            assert {**told, "recommendation": ""} == {**item, "recommendation": ""}, order
            assert told["recommendation"].endswith(item["recommendation"]), order


@pytest.mark.parametrize("wording", WORDINGS.values(), ids=WORDINGS)
def test_what_is_blank_or_left_out_under_a_heading_is_told_for_it_and_for_no_other(wording):
    """A heading is nobody's answer: the label above it stays blank."""
    for order in ORDERS[:-1]:
        if order[-1] == "recommendation":
            continue
        for at, key in [(at, key) for at in range(3) for key in KEYS if key != "recommendation"]:
            items = [dict(item) for item in EVERY]
            items[at][key] = ""
            found = read(list(headed(wording, order, items)))
            assert [told[key] for told in found] == [item[key] for item in items], (order, key, at)


@pytest.mark.parametrize("wording", ["Recommendation {n}", "Rec {n}:", "{turn} recommendation"])
def test_a_label_left_out_under_a_heading_is_not_taken_from_the_next(wording):
    for order in ORDERS[:1] + ORDERS[2:]:  # where the recommendation's own label is not the last
        for at, key in [(at, key) for at in range(2) for key in KEYS if key != "recommendation"]:
            items = [dict(item) for item in EVERY]
            del items[at][key]
            found = read(list(headed(wording, order, items)))
            assert [told[key] for told in found] == [one.get(key, "") for one in items], order


def test_a_recommendation_with_its_text_on_the_heading_has_no_other():
    for heading in ("Recommendation {}: {}", "Recommendation {} – {}"):
        blocks: list[Block] = []
        for n, item in enumerate(EVERY, 1):
            blocks.append(Paragraph(heading.format(n, item["recommendation"])))
            rest = (key for key in KEYS if key != "recommendation")
            blocks += (Paragraph(f"{HEADINGS[key]}: {item[key]}") for key in rest)
        assert read(blocks) == list(EVERY)


def test_a_recommendation_without_its_number_is_the_next_one():
    """What is left out of it is not taken from the one before."""
    keys = ("recommendation", "action", "by-whom", "timescale", "evidence", "outcome")
    for lacking in keys[1:]:
        blocks = []
        for label, item in (("Recommendation 1", ONE), ("Recommendation", TWO)):
            words = {**HEADINGS, "recommendation": label}
            kept = [key for key in keys if item is ONE or key != lacking]
            blocks += [Paragraph(f"{words[key]}: {item[key]}") for key in kept]
        assert [told[lacking] for told in read(blocks)] == [ONE[lacking], ""], lacking


def test_a_row_that_heads_the_rows_of_a_recommendation_is_no_blank_of_it():
    for order in ORDERS:
        told = [
            row
            for n, item in enumerate(EVERY, 1)
            for row in (
                (f"Recommendation {n}", ""),
                *((HEADINGS[key], item[key]) for key in order),
            )
        ]
        (grid,) = find_tables(rows(2, *told))
        table = read_turned_table(grid, PLAN, True)
        assert table is not None
        assert [{k: e.text for k, e in item.entered.items()} for item in table.items] == list(EVERY)
