"""The day that a statement itself gives for the report it is about, which nobody can have read
before: "our IMR, which is dated 9 June 2011"."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

from handlers.checks.form.form_sheet import FormSheet
from handlers.context import Context
from handlers.findings import Findings
from handlers.values.dates import read_signing_day

DATE_RULE = "date-before-report"
STATED_DAY_PHRASE = "the day that it gives for the report itself"
_REPORT = r"\b(?:imr|(?:individual )?management review|report)\b"
_DAY = (
    r"(?P<day>\d{1,2}(?:st|nd|rd|th)?(?: of)? [a-z]{3,9},? \d{4}|\d{1,2}[./-]\d{1,2}[./-]\d{2,4}"
    r"|\d{4}-\d\d-\d\d)"
)
_DONE = r"(?:dated|date|completed|finished|finalised|signed(?: off)?|approved|issued|agreed)"
_STATED = (
    re.compile(rf"{_REPORT}(?P<gap>[^.;\n]{{0,60}}?)\b{_DONE}(?: on)?[:\s]+{_DAY}", re.I),
    re.compile(rf"{_REPORT}(?P<gap>) (?:of|\() ?{_DAY}", re.I),
    re.compile(rf"{_REPORT}(?P<gap>),? \(?version [\w.]+,? (?:of )?{_DAY}", re.I),
    re.compile(rf"\bdate of (?:(?:the|our|this) )?{_REPORT}(?P<gap>)\W+{_DAY}", re.I),
)
# What else has a day beside a report: how it was asked for, where it goes; and other reports.
_BETWEEN = re.compile(
    r"\b(?:letter|request|requested|e-?mail|minutes|meeting|panel|terms|period|reference|to be|due"
    r"|statement|chronology|form|will)\b",
    re.I,
)
_ANOTHER = re.compile(
    r"\b(?:(?:previous|earlier|first|last|draft|incident|overview|serious|case|ofsted|inspection"
    r"|police|audit)(?: \w+){0,2}|(?:their|his|her|an?)(?: \w+)?) $",
    re.I,
)


def check_report_date(sheet: FormSheet, context: Context, notes: Findings) -> None:
    """`date-before-report` where it is signed before a day that it gives for the report."""
    signed = sheet.fields_by_key.get("date")
    if signed is None or not signed.entered_text or not notes.includes_rule(DATE_RULE):
        return
    day = _day(signed.entered_text, context)
    texts = (p.text for p in sheet.passages if not p.struck)
    stated = max(stated_days(texts, context), default=None)
    if day is not None and stated is not None and day < stated:
        notes.add(DATE_RULE, signed.finding_place, before=STATED_DAY_PHRASE)


def stated_days(texts: Iterable[str], context: Context) -> Iterable[date]:
    """The days that are given for the report in a statement's own sentences."""
    for text in texts:
        for found in (one for pattern in _STATED for one in pattern.finditer(text)):
            if _BETWEEN.search(found["gap"]) or _ANOTHER.search(text[: found.start()]):
                continue
            if (day := _day(found["day"], context)) is not None:
                yield day


def _day(text: str, context: Context) -> date | None:
    period = context.case.period if context.case else None
    return read_signing_day(text, period, context.today).value
