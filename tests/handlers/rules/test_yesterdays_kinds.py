"""A board's own kinds, written before there were rules by which we cannot tell, are judged by them:
nothing is sent back that ours do not send back, and nothing is passed over (failure modes 91, 95).
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from config.kind import Kinds
from config.kind_loading import load_kinds
from handlers.judging.vocabulary import Vocabulary
from tests import combinations
from tests.config.yesterday import UNSAID, write_all
from tests.handlers.rules.shown import CONTEXT, KINDS, Shown, Table, judged, told
from tests.handlers.rules.test_every_rule import ROWS, TABLES, kind_of, shape_and_rule


@pytest.fixture(scope="module")
def yesterday(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Kinds]:
    folder = tmp_path_factory.mktemp("kinds")
    write_all(folder)
    yield load_kinds(folder)


OF_EACH_RULE = combinations.distinct(ROWS, shape_and_rule)
OF_EACH_RULE += [row for row in combinations.distinct(ROWS, kind_of) if row not in OF_EACH_RULE]


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.kind)
def test_a_sound_document_is_sound_by_them(table: Table, yesterday: Kinds) -> None:
    judgement = told(table.kind, table.sound, kinds=yesterday)
    assert {finding.rule for finding in judgement.findings} == table.always | table.told


@pytest.mark.parametrize(("table", "row"), OF_EACH_RULE)
def test_the_same_is_a_fault_and_the_same_is_a_question(
    table: Table, row: Shown, yesterday: Kinds
) -> None:
    ours = judged(table.kind, row)
    theirs = told(table.kind, row.made, row.standing, yesterday)
    assert {(f.rule, f.severity) for f in theirs.findings} == {
        (f.rule, f.severity) for f in ours.findings if f.rule not in UNSAID
    }
    assert set(theirs.passed) <= set(ours.passed)
    assert Vocabulary(yesterday).contains_judgement(theirs, CONTEXT.agency)
    assert not any("{" in f.message + f.fix for f in theirs.findings)


def test_the_kinds_are_those_that_ship(yesterday: Kinds) -> None:
    assert [kind.id for kind in yesterday.all] == [kind.id for kind in KINDS.all]
