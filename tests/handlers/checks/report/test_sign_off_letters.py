"""Two people who sign as under letters, below a sentence or a heading that says whose each is."""

from __future__ import annotations

import re

import pytest

from tests import combinations
from tests.handlers.checks.report.sign_off_layouts import PARTS, ROLES, lines
from tests.handlers.checks.report.test_sign_off_sweep import AUTHOR, COMMISSIONER, signing

PEOPLE = (AUTHOR, COMMISSIONER)
AUTHORS = (
    "I confirm that I am the author of this report.",
    "As author of the IMR I confirm its accuracy.", "Author of this report",
    "I confirm that I wrote this report.",
    "I have compiled this IMR.", "I am responsible for this report.",
    "I wrote this report on behalf of the agency.",
)  # fmt: skip
COMMISSIONERS = (
    "I approve this report as commissioning manager.", "As Chief Executive I approve this report.",
    "Commissioning manager", "I commissioned this report.", "I approve this report.",
    "I am responsible for this report as commissioning manager.",
    "I approve this report, which was written by a colleague.",
)  # fmt: skip
WAYS = {
    "at the end": lambda first, second, line: [*first, "", *second, line],
    "after a gap": lambda first, second, line: [*first, "", *second, "", line],
    "under the author's": lambda first, second, line: [*first, line, "", *second],
    "on two lines": lambda first, second, line: [*first, "", *second, *line.split(" \t")],
}


def letter(says, person, without=()):
    shown = zip(PARTS, person.parts, strict=True)
    return [says, "Yours sincerely", "", *(value for part, value in shown if part not in without)]


def told(draft, *texts):
    draft.bodies["signing-off"] = lines(*(text.replace("\t", "") for text in texts))
    return signing(draft)


def test_a_sentence_says_whose_the_letter_below_it_is(draft):
    for says in AUTHORS:
        assert told(draft, *letter(says, AUTHOR), "", *letter(COMMISSIONERS[0], COMMISSIONER)) == []
    for says in COMMISSIONERS:
        assert told(draft, *letter(AUTHORS[0], AUTHOR), "", *letter(says, COMMISSIONER)) == []


def test_what_another_wrote_or_approved_makes_nobody_s_letter_theirs(draft):
    for says in ("I confirm that Dr Green wrote this report and that it is fair.",
                 "I have not read this report and do not approve it at all."):  # fmt: skip
        assert told(draft, *letter(says, AUTHOR), "", *letter(COMMISSIONERS[0], COMMISSIONER))


@pytest.mark.parametrize(
    ("author", "commissioner", "who", "way"),
    combinations.of(AUTHORS, COMMISSIONERS, [0, 1], WAYS, times=1),
)
def test_a_line_added_as_asked_completes_the_letter_and_loses_nothing(
    draft, author, commissioner, who, way
):
    """Failure mode 91: the three things that stood there were asked for next, one as a fault."""
    for part, value in zip(PARTS, PEOPLE[who].parts, strict=True):
        for without in ((part,), ()):
            both = [letter(author, AUTHOR, () if who else without),
                    letter(commissioner, COMMISSIONER, without if who else ())]  # fmt: skip
            found = told(draft, *both[0], "", *both[1])
            labels = re.findall(r'"([^"]+:)"', "".join(one.fix for one in found))
            assert labels == [] or all(ROLES[who] in label for label in labels)
            line = f"{ROLES[who]}'s {part}: \t{value}"
            assert told(draft, *WAYS[way](*both, line)) == [], (part, without)
