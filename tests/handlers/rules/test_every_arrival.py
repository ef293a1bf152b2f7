"""Every rule about a file itself: one file is told it, a sound one is not; how heavy it is,
`config/arrivals.toml` says."""

from __future__ import annotations

from dataclasses import replace

import pytest

from config.rules import ARRIVAL_RULES, Severity
from handlers.findings import Finding
from handlers.judging import arrival
from tests.handlers.rules.arrivals import ROWS, SOUND, TOLD, Arrived, judged, standing


def findings(row: Arrived) -> list[Finding]:
    return [finding for judgement in row.come() for finding in judgement.findings]


def test_every_rule_about_a_file_has_its_row() -> None:
    assert set(ROWS) == set(ARRIVAL_RULES)


def test_a_sound_file_is_told_none_of_them() -> None:
    for said in (judged(SOUND, "docx"), standing(SOUND)):
        assert {f.rule for judgement in said for f in judgement.findings} == TOLD


@pytest.mark.parametrize("row", ROWS.values(), ids=lambda row: row.rule)
def test_one_file_tells_its_rule_and_nothing_else(row: Arrived) -> None:
    found = findings(row)
    assert {finding.rule for finding in found} == {row.rule} | row.besides
    for finding in found:
        assert finding.message.strip() and finding.fix.strip()
        assert "{" not in finding.message + finding.fix, "a placeholder was not filled"


@pytest.mark.parametrize("row", ROWS.values(), ids=lambda row: row.rule)
def test_how_heavy_a_rule_is_stands_in_the_file(
    row: Arrived, monkeypatch: pytest.MonkeyPatch
) -> None:
    law = ARRIVAL_RULES[row.rule]
    severity: Severity = "advice" if law.severity == "danger" else "danger"
    changed = {**ARRIVAL_RULES, row.rule: replace(law, severity=severity)}
    monkeypatch.setattr(arrival, "ARRIVAL_RULES", changed)
    assert {f.severity for f in findings(row) if f.rule == row.rule} == {severity}


def test_every_weight_in_the_file_is_one_there_is() -> None:
    known = {"advice", "question", "fault", "danger"}
    assert {law.severity for law in ARRIVAL_RULES.values()} <= known
    assert {law.faults_become for law in ARRIVAL_RULES.values()} <= {*known, None}
