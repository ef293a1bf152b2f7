"""Labels in one line, and what was entered against them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.fields.drawn_lines import entered_value
from handlers.fields.label_meanings import plain_lexicon
from handlers.fields.labels import MAX_LABEL_LINE_LENGTH, find_line_labels, looks_like_label
from tests.each_case import each_case

KNOWN = ("Signed", "Date", "Name", "Title", "Author's name", "Date of report")
LEXICON = plain_lexicon(KNOWN)


def read(line, known=KNOWN):
    found = find_line_labels(line, plain_lexicon(known))
    return [(one.terms[0].words, one.value) for one in found if one.terms]


@each_case(
    ("line", "found"),
    [
        ("Name: A. Person", [("Name", "A. Person")]),
        ("NAME - A. Person", [("Name", "A. Person")]),
        ("1. Name:\tA. Person", [("Name", "A. Person")]),
        ("Name\tA. Person", [("Name", "A. Person")]),
        ("Name", [("Name", "")]),
        ("Signed.....Date.....", [("Signed", ""), ("Date", "")]),
        ("Signed … Date …", [("Signed", ""), ("Date", "")]),
        ("Signed _____ Date ______", [("Signed", ""), ("Date", "")]),
        ("Signed: A. Person....... Date: 1/2/10", [("Signed", "A. Person"), ("Date", "1/2/10")]),
        ("Name A Person   Title: Director", [("Title", "Director")]),
        ("Signed: A Person Date: 1/2/10", [("Signed", "A Person"), ("Date", "1/2/10")]),
        ("Signed....A. Person....Date....1/2/10", [("Signed", "A. Person"), ("Date", "1/2/10")]),
        ("Date of report: 1 May 2010", [("Date of report", "1 May 2010")]),
        ("Author’s name: A. Person", [("Author's name", "A. Person")]),
        ("Authors name: A. Person", [("Author's name", "A. Person")]),
    ],
)
def test_labels_are_found_with_their_values(line, found):
    assert read(line) == found


@pytest.mark.parametrize(
    "line",
    [
        "Signed by the author on Monday",
        "Agency Name: Meadow Lane Surgery",
        "The date: it was never settled",
        "Named Nurse: A. Person",
        "Undated",
    ],
)
def test_a_label_in_other_words_is_not_one(line):
    assert read(line, ("Signed", "Date", "Name")) == []


def test_an_unknown_label_ends_a_value(line="Signed..... Rank......"):
    assert read(line, ("Signed",)) == [("Signed", "")]


def test_a_note_in_brackets_is_kept_apart():
    (found,) = find_line_labels("Signed (report author): ______", LEXICON)
    assert (found.note, found.value) == ("report author", "")
    (found,) = find_line_labels("Signed ........ (print name below)", LEXICON)
    assert (found.note, found.value) == ("print name below", "")


@each_case(
    "blank",
    ["", "  ", "......", "…………", "____", "- -", "/  /", "[insert name]", "<name>", "(print)",
     "dd/mm/yyyy", "Insert name here", "Click here to enter text.", ":"],
)  # fmt: skip
def test_what_is_printed_to_be_written_over_is_not_entered(blank):
    assert entered_value(blank) == ""


@pytest.mark.parametrize("value", ["A. Person", "1/2/10", "N/A", "X", "Named GP (locum)"])
def test_what_a_person_wrote_is_entered(value):
    assert entered_value(f" ...{value}.... ") == value


def test_a_short_something_with_a_colon_looks_like_a_label():
    assert looks_like_label("Job title:")
    assert not looks_like_label("Rank.......")
    assert not looks_like_label("10:30")
    assert not looks_like_label("A. Person")


@given(st.text(alphabet="Signed Dateam:._…\t(),;-x1", max_size=MAX_LABEL_LINE_LENGTH))
def test_any_line_is_read(line):
    found = find_line_labels(line, LEXICON)
    assert all(term.words in KNOWN for one in found for term in one.terms)


@pytest.mark.parametrize(
    "words",
    [
        "." * 500 + "(",
        "x" + "_" * 500,
        ". " * 200 + "(a",
        "a" * 400 + "1",
        "a(" * 150 + "1",
        "a-" * 150 + "1",
        "a" + ")" * 400 + "1",
        "a " * 150 + "1",
    ],
    ids=lambda words: words[:3],
)
def test_a_hostile_line_is_read_as_fast_as_any(words):
    """What a label's shape allows is read in one way: this would else take for ever."""
    assert read(f"Name: A. Person  {words}: x") is not None
    assert not looks_like_label(f"{words}: x")


def test_a_stroke_parts_a_value_from_the_label_behind_it():
    line = "Signed: Jane Holt / Name: Dr J. Holt / Title: Head of Care / Date: 1/2/10"
    values = ["Jane Holt", "Dr J. Holt", "Head of Care", "1/2/10"]
    labels = ["Signed", "Name", "Title", "Date"]
    assert read(line) == list(zip(labels, values, strict=True))
