"""Whether a sentence is still the board's sentence."""

from __future__ import annotations

import pytest

from handlers.checks.form import wording
from handlers.checks.form.wording import is_same_wording
from tests.handlers.checks.form.specimen import criterion


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        (criterion(6), "Report refers to all the key issues identified within the chronology."),
        (criterion(10), "Report retains a focus on the children concerned"),
        (criterion(10), "REPORT retains a focus on the child/ren concerned"),
        (criterion(17), criterion(17).replace("SCB", "NCSCB")),
        (criterion(17), criterion(17).replace("SCB", "Shireshire Safeguarding Children Board")),
        (criterion(17), criterion(17).replace("anonymised", "anonymized")),
        (criterion(4), "The report is completed within the agreed time scale"),
        (criterion(12), criterion(12).replace(", ", " - ").upper()),
        (criterion(2), criterion(2).replace("Independent", "Independant")),
        (criterion(2), criterion(2).removeprefix("A ")),
        (criterion(14), criterion(14).removeprefix("The ")),
    ],
)
def test_spelling_punctuation_and_initials_make_no_difference(ours, theirs):
    assert is_same_wording(ours, theirs)


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        (criterion(4), "Report is not completed within agreed timescale."),
        (criterion(10), "Report retains a focus on the family concerned."),
        (criterion(11), criterion(11).replace("were/were not", "were")),
        (criterion(1), criterion(1).replace("2010", "2013")),
        (criterion(1), criterion(1).replace("8.27", "8.28")),
        (criterion(1), criterion(1).replace("Paragraph 8.27", "Paragraph8.28")),
        (criterion(11), criterion(11).replace("any resource", "many resource")),
        (criterion(3), "Access to legal advice available."),
        (criterion(9), criterion(8)),
        (criterion(17), criterion(17).replace("SCB", "agency's own")),
    ],
)
def test_a_changed_added_or_missing_word_does(ours, theirs):
    assert not is_same_wording(ours, theirs)


def test_the_same_words_need_no_closer_look_and_other_lines_no_letter_by_letter(monkeypatch):
    """What reading a form costs: most of its wordings are kept, and most of its lines others."""

    class NoLetters(wording.SequenceMatcher):
        def ratio(self):
            raise AssertionError("letters were held against letters")

    monkeypatch.setattr(wording, "SequenceMatcher", NoLetters)
    for n in range(2, 18):
        assert not is_same_wording(criterion(n), criterion(n - 1))
    monkeypatch.setattr(wording, "SequenceMatcher", None)
    assert all(is_same_wording(criterion(n), f"{criterion(n).upper()} -") for n in range(1, 18))
