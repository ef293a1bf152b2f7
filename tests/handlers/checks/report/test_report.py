"""A report as its checks see it: what several of them ask of it is read once."""

from __future__ import annotations

import dataclasses
from datetime import date

from handlers.checks.report.front_sheet_fields import front_fields
from handlers.checks.report.plan import find_plan_tables
from handlers.checks.report.report import ReportDocument, read_once, read_report
from handlers.checks.report.sign_off import find_signatories
from handlers.context import Context
from handlers.document import Traits
from tests.handlers.checks.report.conftest import KIND


def empty_report() -> ReportDocument:
    return read_report([], Traits(), KIND, Context(date(2010, 6, 1)))


def test_a_reading_is_made_once_for_each_report_and_never_for_another() -> None:
    asked: list[ReportDocument] = []

    @read_once
    def number_of_blocks(report: ReportDocument) -> int:
        asked.append(report)
        return len(report.blocks)

    one, other = empty_report(), empty_report()
    assert [number_of_blocks(one), number_of_blocks(one), number_of_blocks(other)] == [0, 0, 0]
    assert [at is one for at in asked] == [True, False]


def test_what_many_checks_ask_for_is_kept() -> None:
    report = empty_report()
    for read in (front_fields, find_plan_tables, find_signatories):
        assert read(report) is read(report)
        assert read.__wrapped__ in report.readings  # type: ignore[attr-defined]


def test_what_was_read_is_no_part_of_what_a_report_is() -> None:
    report = empty_report()
    front_fields(report)
    assert report == dataclasses.replace(report, readings={})
