"""What is to be written where a template's own words were left."""

from __future__ import annotations

import pytest

from handlers.values.template_words import instead_of, instructions, is_instruction
from tests.each_case import each_case


@pytest.mark.parametrize(
    ("text", "fix"),
    [
        ("The view of [Insert agency name] is plain.", "Write the agency's name in its place."),
        ("[Insert name of organisation]", "Write the agency's name in its place."),
        ("[Insert date]", "Write the date in its place, day first."),
        ("[insert the agency's date]", "Write the agency's name in its place."),
        ("[Insert name of author]", "Write the person's name in its place."),
        ("[Insert job title]", "Write the job title in its place."),
        ("[insert child's name]", "Write in its place the name that the review uses, not the"
                                  " child's own."),
        ("[Insert signature]", "Have it signed in that place, and take these words out."),
        ("[Insert name, role and date]", ""),
        ("[Insert lessons]", ""),
        ("[Insert event]. The agency was told on that date.", ""),
    ],
)  # fmt: skip
def test_it_says_what_the_words_ask_for(text, fix):
    """To delete "[Insert agency name]" leaves a sentence without its agency."""
    assert instead_of(text, "insert") == fix


def test_no_real_name_is_asked_for_where_there_should_be_none():
    assert "no real name" in instead_of("[Insert name of nurse]", "[insert", anonymous=True)
    assert "agency's name" in instead_of("[Insert agency name]", "[insert", anonymous=True)


AGENCY, DATE = "Write the agency's name in its place.", "Write the date in its place, day first."
ASKED = {
    "INSERT DATE": DATE, "INSERT DATE OF BIRTH": DATE, "[DD/MM/YYYY]": DATE, "DD/MM/YYYY": DATE,
    "dd/mm/yy": DATE, "dd-mm-20yy": DATE, "[Please insert date]": DATE,
    "INSERT AGENCY": AGENCY, "NAME OF AGENCY": AGENCY, "NAME OF ORGANISATION": AGENCY,
    "INSERT NAME OF AGENCY": AGENCY, "[NAME OF THE AGENCY]": AGENCY,
    "<insert organisation>": AGENCY,
    "INSERT THE NAME OF THE AGENCY": AGENCY, "[insert name] Hospital": AGENCY,
    "INSERT NAME Hospital": AGENCY, "INSERT NAME Meadow Lane Surgery": AGENCY,
    "INSERT ROLE": "Write the job title in its place.",
    "INSERT TIME": "Write the time in its place, such as 17:45.",
    "INSERT NAME": "Write in its place the name that is meant, a person's or an agency's.",
    "INSERT CASE NUMBER": "",
}  # fmt: skip
SENTENCES = (
    "She was seen on {} by the health visitor, whose name the agency gave on a later date.",
    "The author, a named nurse of the trust, had a letter signed by {}.",
    "Its date is not known: it was seen by {}. The role of the agency is in the key.",
)


@each_case("sentence", SENTENCES)
@each_case(("words", "fix"), ASKED.items())
def test_in_a_sentence_it_asks_for_what_its_own_words_say(words, fix, sentence):
    """Failure mode 91: "she was seen on INSERT DATE by ..." is told "write the name", and the
    author does."""
    text = sentence.format(words)
    ((look, sure),) = instructions(text)
    assert sure
    assert look.casefold() in text.casefold()
    assert instead_of(text, look) == fix


@pytest.mark.parametrize("label", ["Name of organisation", "Agency"])
def test_the_label_beside_a_name_says_that_it_is_an_agency_s(label):
    assert instead_of("INSERT NAME", "INSERT NAME", label=f"{label}:") == AGENCY
    assert instead_of(f"{label}: [INSERT NAME]", "[insert") == AGENCY
    assert instead_of("INSERT NAME", "INSERT NAME", label="Author") != AGENCY
    assert instead_of("INSERT DATE", "INSERT DATE", label=label) == DATE


def test_words_that_stand_more_than_once_ask_for_each():
    text = "On [insert date] a letter came from [insert agency]."
    assert instead_of(text, "insert") == "Write in the place of each what it asks for."
    assert instead_of("From [insert date] to [insert date].", "[insert") == DATE
    assert instead_of("We insert names where [Insert date] stood.", "insert") == DATE
    assert instead_of("On [insert name and agency] it began.", "[insert") == ""


@each_case(
    "text",
    [
        "The date of insertion of the line was 3 March 2010.",
        "The plan was to be confirmed by the court on the date of the hearing.",
        "The form asks staff to insert date and time.",
        "All dates are given as DD/MM/YYYY, in the format dd/mm/yyyy.",
        "Date of birth (dd/mm/yyyy): 3 March 2010",
        "NAME OF AGENCY: Meadow Lane Surgery",
        "NAME OF AGENCY",
        "Key to the NAME OF AGENCY: see below.",
        "THE DESK DID NOT INSERT DATES ON ANY LETTER SENT OUT",
        "HOW STAFF INSERT DATES",
        "It was said that [the family] had moved, and [sic] stayed.",
        "Seen by [Name of GP redacted] and [name removed].",
        "Born on XX/XX/2007.",
    ],
)
def test_an_author_s_own_words_are_no_instruction(text):
    assert [look for look, _ in instructions(text)] == []


@pytest.mark.parametrize(
    "text",
    ["Seen by [name] at home.", "[Name of school] told us.", "He wrote “INSERT DATE” there."],
)
def test_what_may_be_an_author_s_own_is_not_certain(text):
    assert [sure for _, sure in instructions(text)] == [False]


def test_nothing_but_an_instruction_is_one():
    for text in ("INSERT ROLE", "[NAME OF AGENCY]", "INSERT AGENCY", "[Insert event]."):
        assert is_instruction(text), text
    for text in ("INSERT ROLE here", "Role", "[name]", "A. Person [sic]"):
        assert not is_instruction(text), text
