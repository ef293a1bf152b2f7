"""Labels that stand under their values, behind them in brackets, or run together in one line."""

from __future__ import annotations

from itertools import pairwise

from handlers.document import Block, Cell, Paragraph, Row, TableEnd
from handlers.fields.fields import read_field_items
from handlers.fields.label_meanings import FoundField, LabelTerm, build_lexicon

LOOKS = {"Signature": "name", "Name": "name", "Role": "designation", "Date": "date"}
TERMS = [LabelTerm(k, k, False, k == "Signature", True, k == "Role", v) for k, v in LOOKS.items()]
KNOWN = build_lexicon(
    (*TERMS, LabelTerm("Date", "Dated", look="date"), LabelTerm("author", "Author", True))
)
VALUES = {"Signature": "A. Person", "Name": "Alex Person", "Role": "Director", "Date": "20/05/2010"}


def table(*rows: list[str]) -> list[Block]:
    made = [
        Row(1, n, tuple(Cell((Paragraph(text),), i) for i, text in enumerate(row)))
        for n, row in enumerate(rows, 1)
    ]
    return [*made, TableEnd(1)]


def lines(*texts: str) -> list[Block]:
    return [Paragraph(text) for text in texts]


def read(blocks: list[Block]) -> dict[str, str]:
    found = [one for one in read_field_items(blocks, KNOWN) if isinstance(one, FoundField)]
    return {t.key: one.text for one in found for t in one.terms if not t.person}


def column(*texts: str) -> list[Block]:
    return table(*([text] for text in texts))


def two_by_two(shown: dict[str, str]) -> list[Block]:
    keys = list(shown)
    pairs = [keys[:2], keys[2:]]
    return table(*(row for pair in pairs for row in ([shown[k] for k in pair], pair)))


def with_gaps(shown: dict[str, str]) -> list[Block]:
    gap = [text for value in shown.values() for text in (value, "")]
    return table(gap, [text for key in shown for text in (key, "")])


LAYOUTS = {
    "a row of labels under a row of values": lambda v: table(list(v.values()), list(v)),
    "under a row that says whose": lambda v: table(["Author"], list(v.values()), list(v)),
    "beside whose it is": lambda v: table(["Author", *v.values()], ["", *v]),
    "two by two": two_by_two,
    "a blank column between": with_gaps,
    "a label under each line": lambda v: lines(*(t for k, x in v.items() for t in (x, k))),
    "a rule and a label under each": lambda v: lines(
        *(text for key, value in v.items() for text in (value, "________________", key))
    ),
    "in brackets under a drawn line": lambda v: lines(
        *(text for key, value in v.items() for text in (f"....{value}..........", f"({key})"))
    ),
    "in brackets behind the dots": lambda v: lines(
        *(f"....{value}.............. ({key})" for key, value in v.items())
    ),
    "over rules side by side": lambda v: lines(
        "     ".join(f"____{value}____" for value in v.values()), "            ".join(v)
    ),
    "below other labels": lambda v: lines(
        "Author: here", *(t for k, x in v.items() for t in (x, "_________", k))
    ),
    "a column with a label under each": lambda v: column(
        *(t for k, x in v.items() for t in (x, k))
    ),
    "a column with a label and a colon under each": lambda v: column(
        *(t for k, x in v.items() for t in (x, f"{k}:"))
    ),
    "a column with a label in brackets under each": lambda v: column(
        "Signed on behalf of us all by", *(t for k, x in v.items() for t in (x, f"({k})"))
    ),
    "one line and a space between": lambda v: lines(" ".join(f"{k} {x}" for k, x in v.items())),
}


def test_what_labels_stand_under_is_read_and_a_blank_is_that_label_s_alone():
    for layout, made in LAYOUTS.items():
        assert read(made(VALUES)) == VALUES, layout
        for gone in VALUES:
            shown = {**VALUES, gone: ""}
            assert read(made(shown)) == shown, (layout, gone)


def test_a_column_may_turn_from_labels_under_values_to_labels_over_them():
    under = ["A. Person", "Signature", "Alex Person", "Name"]
    over = ["Role", "Director", "Date", "20/05/2010"]
    assert read(column(*under, *over)) == VALUES
    assert read(column("Role", "Director", "Date", "20/05/2010", *under)) == VALUES


def test_what_is_added_under_a_label_that_stands_under_its_value_answers_it_too():
    """The letter asked for the day, and it was added in the row below."""
    for first, then in (("TBC", "20/05/2010"), ("20/05/2010", "21/05/2010")):
        rows = ["A. Person", "Signature", "Director", "Role", first, "Date", then]
        items = [
            one for one in read_field_items(column(*rows), KNOWN) if isinstance(one, FoundField)
        ]
        assert [one.text for one in items if one.label_words == "Date"] == [first, then]


def test_a_column_of_labels_over_values_stays_so_whatever_stands_over_it():
    """A heading that looks like a name is nobody's signature."""
    for above in ((), ("Eastmoor Trust",), ("Alex Person",)):
        for gone in (None, *VALUES):
            shown = {**VALUES, gone: ""} if gone else VALUES
            rows = [t for pair in shown.items() for t in pair]
            assert read(column(*above, *rows)) == shown, (above, gone)
        rows = ["Signature", "Name", "Alex Person", "Date", "20/05/2010"]
        assert read(column(*above, *rows))["Signature"] == "", above


def test_headings_over_values_stay_so_whatever_stands_over_them():
    keys, values = list(VALUES), list(VALUES.values())
    for above in ([], [["Practice"] + [""] * 3], [[""] * 4], [["Part two", "of", "the", "form"]]):
        assert read(table(*above, keys, values)) == VALUES, above
    assert read(lines(*(t for pair in VALUES.items() for t in pair))) == VALUES


def test_what_answers_no_label_beneath_it_is_no_value():
    """A title over headings, and nobody filled in the rows under them."""
    found = read(table(["Approved for release", "Version two"], ["Signature", "Date"]))
    assert found == {"Signature": "", "Date": ""}


def test_two_people_s_values_over_labels_are_two_people_s():
    rows = [
        list(VALUES.values()),
        list(VALUES),
        ["B. Other", "", "Nurse", "21/05/2010"],
        list(VALUES),
    ]
    items = list(read_field_items(table(*rows), KNOWN))
    dates = [one.text for one in items if isinstance(one, FoundField) and one.label_words == "Date"]
    assert dates == ["20/05/2010", "21/05/2010"]
    between = [type(one).__name__ for one, _ in pairwise(items)]
    assert between.index("NextPerson") == 4


def test_a_sentence_over_a_rule_is_nobody_s_signature():
    said = "The officer named below is responsible for the quality of what is said here"
    assert read(lines(said, "____________", "Signature"))["Signature"] == ""


def test_a_label_of_the_day_of_signing_asks_for_no_signature():
    assert read(lines("Date of signature: 20/05/2010")) == {"Date": "20/05/2010"}
    assert set(read(lines("Signature and date: A. Person, 20/05/2010"))) == {"Signature", "Date"}


def test_a_line_under_a_blank_that_has_a_label_of_its_own_is_not_its_value():
    """Failure mode 92: the next line's label and value were taken for the signature."""
    for line in ("Name of worker on duty\tAlex Person", "Team of the worker: North"):
        assert read(lines("Signature\t", line))["Signature"] == ""


MORE = {
    "a cell with a colon between": lambda v: table(*([k, ":", x] for k, x in v.items())),
    "values on the left": lambda v: table(*([x, k] for k, x in v.items())),
    "a row of rules over the labels": lambda v: table(
        list(v.values()), ["__________"] * len(v), list(v)
    ),
    "a head across the table, then headings": lambda v: [
        Row(1, 1, (Cell((Paragraph("Author: signed on behalf of the Trust"),), 0, len(v)),)),
        *table(list(v), list(v.values())),
    ],
}


def test_rules_colons_and_sides_change_nothing():
    for layout, made in MORE.items():
        for shown in (VALUES, *({**VALUES, gone: ""} for gone in VALUES)):
            assert read(made(shown)) == shown, (layout, shown)


def test_headings_parted_by_tabs_stand_over_each_row_that_follows():
    people = [list(VALUES.values()), ["B. Other", "", "Nurse", "21/05/2010"]]
    items = list(read_field_items(lines(*map("\t".join, (list(VALUES), *people))), KNOWN))
    found = [one.text for one in items if isinstance(one, FoundField)]
    assert found == [*people[0], *people[1]]


def test_two_things_asked_for_in_one_cell_may_stand_on_a_line_each():
    cell = Cell((Paragraph("Alex Person"), Paragraph("Director")), 0)
    head = table(["Name and role", "Date"])[0]
    row = Row(1, 2, (cell, Cell((Paragraph("20/05/2010"),), 1)))
    (one,) = (
        i
        for i in read_field_items([head, row], KNOWN)
        if isinstance(i, FoundField) and i.label_words == "Name"
    )
    assert one.text == "Alex Person, Director"
