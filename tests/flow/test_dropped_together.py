"""What lies together in a drop folder is judged as one parcel, in whatever order it is met."""

from __future__ import annotations

import os
from collections.abc import Sequence
from datetime import date

import pytest

from tests import builders as build
from tests.board import Board

SIGNED = {"signed": "Commissioner One"}
PLAN = 2  # the table of the plan, of those of the report


def report(dated: date) -> bytes:
    return build.make_imr(
        agency="Meadow Lane Surgery",
        author="Author One",
        commissioner="Commissioner One",
        dated=dated,
    )


def unplanned(imr: bytes) -> bytes:
    """The same, with nobody named in the first row of its plan."""
    return build.with_cell(imr, 2, "By Whom", "", table=PLAN)


def drop(board: Board, papers: Sequence[bytes]) -> None:
    """They are met in this order."""
    for number, paper in enumerate(papers, 1):
        at = board.drop("GP", paper, f"{number}.docx")
        os.utime(at, (number, number))


def states(board: Board) -> dict[str, str]:
    return {kind: row["state"] for kind, row in board.returns("GP").items()}


@pytest.mark.parametrize("order", [1, -1])
def test_a_form_dropped_with_the_mended_report_is_not_held_against_the_old_one(
    loaded: Board, order: int
) -> None:
    loaded.drop("GP", unplanned(report(date(2010, 5, 4))), "old.docx")
    loaded.once(at="2010-05-04T10:00")
    assert states(loaded)["imr"] == "rejected"
    form = build.make_qa_form(**SIGNED, dated=date(2010, 5, 6))
    drop(loaded, [report(date(2010, 5, 6)), form][::order])
    loaded.once(at="2010-05-06T10:00")
    assert states(loaded)["imr"] == states(loaded)["qa_form"] == "accepted"


@pytest.mark.parametrize("order", [1, -1])
def test_a_report_dropped_with_its_new_statement_is_not_held_against_the_old_one(
    loaded: Board, order: int
) -> None:
    for at, day in (("2010-05-04T10:00", 4), ("2010-05-06T10:00", 6)):
        statement = build.make_statement(**SIGNED, dated=date(2010, 5, day))
        drop(loaded, [report(date(2010, 5, day)), statement][::order])
        loaded.once(at=at)
        assert states(loaded)["imr"] == states(loaded)["evaluation_statement"] == "accepted"


def test_a_form_that_the_report_beside_it_belies_is_asked_about(loaded: Board) -> None:
    form = build.make_qa_form(**SIGNED, dated=date(2010, 5, 6))
    drop(loaded, [unplanned(report(date(2010, 5, 4))), form])
    loaded.once(at="2010-05-06T10:00")
    assert (states(loaded)["imr"], states(loaded)["qa_form"]) == ("rejected", "referred")
