"""Every reason for which something is set apart has words, and is known by one name."""

from __future__ import annotations

import ast
from typing import cast

import pytest

from handlers.register.set_apart_reasons import (
    SET_APART_REASONS,
    SetApartReason,
    read_reason,
    verdict_of_reason,
)
from intake.headers.authentication_results import AUTHENTICATION_DOUBTS
from tests.test_architecture import MODULES, ROOT, parsed


def test_every_reason_has_words() -> None:
    assert list(SET_APART_REASONS) == list(SetApartReason)


# What these words name besides: a verdict, letters, rules, a trouble of a message, sections.
NAMES_OF_OTHER_THINGS = frozenset(
    {"automatic", "challenge", "infected", "not-scanned", "sealed-waiting", "signed-by-another"}
    | {"thanks", "too-big"}
)


def test_no_module_spells_a_reason_but_by_its_name() -> None:
    """A misspelt word would be in no set and equal to none, and nothing would say so."""
    spelt = set(SetApartReason) - NAMES_OF_OTHER_THINGS - AUTHENTICATION_DOUBTS
    wrong = [
        f"{path.relative_to(ROOT)}:{node.lineno} {node.value}"
        for path in MODULES
        if path.name != "set_apart_reasons.py"
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.Constant) and node.value in spelt
    ]
    assert wrong == []


def test_a_misspelt_reason_is_refused_and_never_held_in_silence() -> None:
    misspelt = cast(SetApartReason, "case-unclaer")
    with pytest.raises(ValueError, match="case-unclaer"):
        verdict_of_reason(misspelt)
    with pytest.raises(ValueError, match="case-unclaer"):
        read_reason(misspelt)


def test_each_doubt_of_the_mail_server_is_a_reason() -> None:
    assert {read_reason(doubt) for doubt in AUTHENTICATION_DOUBTS} <= set(SetApartReason)
