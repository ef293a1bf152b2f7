"""A report that somebody signed for its author or its commissioner is asked who did."""

from __future__ import annotations

from tests.each_case import each_case
from tests.handlers.checks.report.sign_off_layouts import lines

AUTHOR = (
    "Report author",
    "Signed: J. Doe",
    "Name: Jane Doe",
    "Designation: Nurse Consultant",
    "Date: 20 May 2010",
)
NAMED = ("Name: Gerald Ashby", "Designation: Chief Executive", "Date: 20 May 2010")
LETTER = ("Yours sincerely", "", "{}", "Gerald Ashby", "Chief Executive", "20 May 2010")
FOR_ANOTHER = (
    "p.p. G. Ashby", "pp A. Noke", "per pro G. Ashby", "A. Noke p.p. G. Ashby",
    "signed in the absence of G. Ashby", "A. Noke (in Mr Ashby's absence)",
)  # fmt: skip
ASKED = ["Somebody seems to have signed for the agency commissioner, so a person will look at it."]


def asked(draft, *commissioner: str) -> list[str]:
    draft.bodies["signing-off"] = lines(*AUTHOR, "", "Agency commissioner", *commissioner)
    heavy = ("sign-off-missing", "sign-off-unclear", "sign-off-date")
    return [f.message for f in draft.judged().findings if f.rule in heavy]


@each_case("typed", FOR_ANOTHER)
def test_it_is_asked_beside_a_label_and_under_a_close(draft, typed: str) -> None:
    assert asked(draft, f"Signed: {typed}", *NAMED) == ASKED
    if not typed.startswith("signed"):  # a sentence of its own is not read there
        assert asked(draft, *(line.format(typed) for line in LETTER)) == ASKED


def test_their_own_signature_is_not_asked_about(draft) -> None:
    assert asked(draft, "Signed: P. Ashby", *NAMED) == []
    assert asked(draft, *(line.format("G. Ashby") for line in LETTER)) == []
