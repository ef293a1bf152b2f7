"""The action plan in every layout: whole, a column taken out, its heading in other words, a cell
blank or put off.

Failure modes 91, 93 and 95.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest

from handlers.document import Block, Cell, Paragraph, Row, TableEnd
from tests import combinations

KEYS = ("outcome", "recommendation", "action", "by-whom", "timescale", "evidence")
HEADINGS = {
    "outcome": "Outcome",
    "recommendation": "Recommendation",
    "action": "Action",
    "by-whom": "By Whom",
    "timescale": "Timescale",
    "evidence": "Evidence of Implementation (Including Method of Audit)",
}
KNOWN = {
    "outcome": "Intended outcome",
    "recommendation": "Agency recommendation",
    "action": "Actions to be taken",
    "by-whom": "Responsible officer",
    "timescale": "To be completed by",
    "evidence": "How will we know?",
}
UNKNOWN = {
    "outcome": "Blue sky",
    "recommendation": "Our thoughts",
    "action": "Doings",
    "by-whom": "Colleague",
    "timescale": "Clock",
    "evidence": "Paperwork",
}
ONE = {
    "outcome": "Injuries to infants are looked at twice",
    "recommendation": "A second opinion is sought for any bruise",
    "action": "Add a prompt to the record",
    "by-whom": "Practice manager",
    "timescale": "30 September 2010",
    "evidence": "Audit of twenty records each quarter",
}
TWO = {
    "outcome": "Letters reach the record",
    "recommendation": "Letters are seen by a doctor before they are filed",
    "action": "Change the desk procedure",
    "by-whom": "Senior partner",
    "timescale": "31/10/2010",
    "evidence": "Minutes of the meeting",
}
Items = tuple[dict[str, str], ...]
Layout = Callable[[Items, dict[str, str]], list[Block]]


def row(table: int, number: int, *texts: str) -> Row:
    cells = (Cell((Paragraph(text),), n) for n, text in enumerate(texts))
    return Row(table, number, tuple(cells))


def across(table: int, number: int, text: str, span: int) -> Row:
    return Row(table, number, (Cell((Paragraph(text),), 0, span),))


def rows(table: int, *texts: tuple[str, ...]) -> list[Block]:
    return [*(row(table, n, *told) for n, told in enumerate(texts, 1)), TableEnd(table)]


def values(item: dict[str, str], heads: dict[str, str]) -> tuple[str, ...]:
    return tuple(item[key] for key in heads)


def plain(items: Items, heads: dict[str, str]) -> list[Block]:
    return rows(2, tuple(heads.values()), *(values(i, heads) for i in items))


def numbered(items: Items, heads: dict[str, str]) -> list[Block]:
    told = ((str(n), *values(item, heads)) for n, item in enumerate(items, 1))
    return rows(2, ("No.", *heads.values()), *told)


def with_status(items: Items, heads: dict[str, str]) -> list[Block]:
    told = ((*values(item, heads), "In progress") for item in items)
    return rows(2, (*heads.values(), "Progress / RAG"), *told)


def repeated(items: Items, heads: dict[str, str]) -> list[Block]:
    one, two = (values(item, heads) for item in items)
    return rows(2, tuple(heads.values()), one, tuple(heads.values()), two)


def split(items: Items, heads: dict[str, str]) -> list[Block]:
    one, two = (values(item, heads) for item in items)
    return [*rows(2, tuple(heads.values()), one), Paragraph(""), *rows(3, two)]


def under_a_band(items: Items, heads: dict[str, str]) -> list[Block]:
    told = [row(2, n, *texts) for n, texts in
            enumerate([tuple(heads.values()), *(values(i, heads) for i in items)], 2)]  # fmt: skip
    return [
        across(2, 1, "Name of Organisation: Meadow Lane Surgery", len(heads)),
        *told,
        TableEnd(2),
    ]


def boxed(items: Items, heads: dict[str, str]) -> list[Block]:
    inner = tuple(b for b in plain(items, heads) if isinstance(b, Row))
    return [Row(2, 1, (Cell((Paragraph("The plan is here."),), 0, tables=(inner,)),)), TableEnd(2)]


def turned(items: Items, heads: dict[str, str]) -> list[Block]:
    out: list[Block] = []
    for table, item in enumerate(items, 2):
        out += [*rows(table, *((word, item[key]) for key, word in heads.items())), Paragraph("")]
    return out


def turned_in_one(items: Items, heads: dict[str, str]) -> list[Block]:
    order = sorted(heads, key=lambda key: key != "recommendation")
    return rows(2, *((heads[key], item[key]) for item in items for key in order))


def side_by_side(items: Items, heads: dict[str, str]) -> list[Block]:
    return rows(2, *((word, *(i[key] for i in items)) for key, word in heads.items()))


def in_pairs(items: Items, heads: dict[str, str]) -> list[Block]:
    out: list[Block] = []
    keys = list(heads)
    for table, item in enumerate(items, 2):
        pairs = [keys[n : n + 2] for n in range(0, len(keys), 2)]
        told = (tuple(t for key in pair for t in (heads[key], item[key])) for pair in pairs)
        out += [*rows(table, *told), Paragraph("")]
    return out


def lines(items: Items, heads: dict[str, str]) -> list[Block]:
    order = sorted(heads, key=lambda key: key != "recommendation")
    return [
        Paragraph(f"{heads[key]}{f' {n}' if key == 'recommendation' else ''}: {item[key]}")
        for n, item in enumerate(items, 1)
        for key in order
    ]


def lines_over_values(items: Items, heads: dict[str, str]) -> list[Block]:
    order = sorted(heads, key=lambda key: key != "recommendation")
    return [
        block
        for item in items
        for key in order
        for block in (Paragraph(heads[key], bold=True), Paragraph(item[key]))
    ]


TABLES: dict[str, Layout] = {
    "plain": plain,
    "numbered": numbered,
    "with status": with_status,
    "repeated headings": repeated,
    "split": split,
    "under a band": under_a_band,
    "boxed": boxed,
}
TURNED: dict[str, Layout] = {
    "turned": turned,
    "turned in one": turned_in_one,
    "side by side": side_by_side,
    "in pairs": in_pairs,
}
LINES: dict[str, Layout] = {"lines": lines, "lines over values": lines_over_values}
ALL = TABLES | TURNED | LINES
layouts = pytest.mark.parametrize("layout", ALL.values(), ids=ALL)


def put(draft, blocks: list[Block]) -> None:
    words = [b for b in draft.bodies["recommendations"] if isinstance(b, Paragraph)][:1]
    draft.bodies["recommendations"] = [*words, *blocks]


def heavy(draft, blocks: list[Block]) -> list[tuple[str, str]]:
    put(draft, blocks)
    return [(f.rule, f.severity) for f in draft.judged().findings if f.severity != "advice"]


@layouts
def test_a_plan_filled_in_is_accepted(draft, layout):
    assert heavy(draft, layout((ONE, TWO), HEADINGS)) == []


@layouts
def test_a_known_wording_of_a_heading_is_the_heading(draft, layout):
    for key in KEYS:
        heads = HEADINGS | {key: KNOWN[key]}
        assert heavy(draft, layout((ONE, TWO), heads)) == [], key
    assert heavy(draft, layout((ONE, TWO), KNOWN)) == []


@layouts
def test_a_heading_in_words_of_its_own_is_a_question_and_never_a_fault(draft, layout):
    for key in KEYS:
        told = heavy(draft, layout((ONE, TWO), HEADINGS | {key: UNKNOWN[key]}))
        assert [severity for _, severity in told] in ([], ["question"]), key
        assert layout in LINES.values() or [rule for rule, _ in told] == ["plan-column-unclear"]


@layouts
def test_a_column_left_out_is_a_fault_that_names_it(draft, layout):
    for key in KEYS:
        heads = {k: words for k, words in HEADINGS.items() if k != key}
        assert heavy(draft, layout((ONE, TWO), heads))[:1] in (
            [("plan-column-missing", "fault")],
            [("plan-column-unclear", "question")] if layout is numbered else [],
        )
        found = [f for f in draft.judged().findings if f.rule.startswith("plan-column")]
        assert [HEADINGS[key] in f.message for f in found] == [True], key


PUT_OFF = ("", "TBC", "to be confirmed", "....", "N/A", "draft", "Provisional")
CELLS = ("action", "by-whom", "timescale", "evidence")


def test_a_cell_blank_or_put_off_is_located(draft):
    for layout, words, key in combinations.of(ALL, PUT_OFF, CELLS, times=6):
        put(draft, ALL[layout]((ONE, TWO | {key: words}), HEADINGS))
        told = [f for f in draft.judged().findings if f.severity != "advice"]
        rules = [(f.rule, f.severity) for f in told]
        assert rules == [(f"plan-{key}-missing", "fault")], (layout, words, key)
        assert told[0].where.column == HEADINGS[key], (layout, words)
        assert told[0].where.row or "recommendation 2" in told[0].where.section, (layout, words)
        nothing = told[0].message.startswith("Nothing is entered.")
        assert nothing == (words in ("", "....")), (layout, words)


@pytest.mark.parametrize("layout", TABLES.values(), ids=TABLES)
def test_a_blank_in_a_table_is_in_its_own_row(draft, layout):
    for key in KEYS[2:]:
        blocks = layout((ONE, TWO | {key: ""}), HEADINGS)
        put(draft, blocks)
        (found,) = draft.found(f"plan-{key}-missing")
        told = [b for b in blocks if isinstance(b, Row) and not b.cells[0].tables]
        if told:
            row = next(b for b in told if TWO["recommendation"] in b.text)
            assert (found.where.table, found.where.row) == (row.table, row.number)


def test_a_column_blank_throughout_is_one_question_about_the_plan(draft):
    items = tuple(ONE | {"by-whom": ""} for _ in range(5))
    assert heavy(draft, plain(items, HEADINGS)) == [("plan-by-whom-missing", "question")]


def test_headings_in_two_rows_are_one_heading(draft):
    over = [
        Cell((Paragraph(text),), n)
        for n, text in enumerate(("Outcome", "Recommendation", "Action"))
    ]
    over.append(Cell((Paragraph("Carrying it out"),), 3, 3))
    under = [Cell((), n, continued=True) for n in range(3)]
    under += [Cell((Paragraph(HEADINGS[key]),), n) for n, key in enumerate(KEYS[3:], 3)]
    told = [row(2, n, *values(item, HEADINGS)) for n, item in enumerate((ONE, TWO), 3)]
    assert heavy(draft, [Row(2, 1, tuple(over)), Row(2, 2, tuple(under)), *told, TableEnd(2)]) == []


@pytest.mark.parametrize(
    "heading", ["By whom and by when", "By Whom / Timescale", "Lead & deadline"]
)
def test_one_column_may_hold_two(draft, heading):
    heads = {"outcome": "Outcome", "recommendation": "Recommendation", "action": "Action",
             "by-whom": heading, "evidence": "Evidence"}  # fmt: skip
    assert heavy(draft, plain((ONE, TWO), heads)) == []


def test_a_recommendation_over_each_table_is_its_recommendation(draft):
    heads = {key: words for key, words in HEADINGS.items() if key != "recommendation"}
    blocks: list[Block] = []
    for n, item in enumerate((ONE, TWO), 1):
        blocks += [Paragraph(f"Recommendation {n}: {item['recommendation']}", bold=True)]
        blocks += rows(n + 1, tuple(heads.values()), values(item, heads))
    assert heavy(draft, blocks) == []


def test_a_recommendation_in_a_row_of_its_own_is_that_of_the_rows_under_it(draft):
    heads = {key: words for key, words in HEADINGS.items() if key != "recommendation"}
    blocks: list[Block] = [row(2, 1, *heads.values())]
    for n, item in enumerate((ONE, TWO)):
        blocks += [across(2, 2 + 2 * n, f"Recommendation {n + 1}: {item['recommendation']}", 5)]
        blocks += [row(2, 3 + 2 * n, *values(item, heads))]
    assert heavy(draft, [*blocks, TableEnd(2)]) == []


def test_rows_printed_with_a_number_and_left_blank_are_no_rows(draft):
    blank = ("3.", "", "", "", "", "", "")
    told = [(str(n), *values(item, HEADINGS)) for n, item in enumerate((ONE, TWO), 1)]
    assert heavy(draft, rows(2, ("No.", *HEADINGS.values()), *told, blank)) == []


def test_ditto_marks_are_the_cell_above(draft):
    assert heavy(draft, plain((ONE, TWO | {"by-whom": '"'}), HEADINGS)) == []


def test_a_table_where_the_plan_should_be_that_we_cannot_read_is_a_question(draft):
    strange = rows(2, ("Thought", "Deed"), ("Look twice", "The manager will see to it by June"))
    assert heavy(draft, strange) == [("plan-unclear", "question")]


def test_a_second_table_beside_the_plan_that_we_cannot_read_is_told(draft):
    strange = rows(3, ("Thought", "Deed"), ("Look twice", "The manager will see to it by June"))
    both = [*plain((ONE, TWO), HEADINGS), Paragraph("Further matters follow."), *strange]
    assert heavy(draft, both) == [("plan-unclear", "question")]
    assert draft.found("plan-unclear")[0].where.table == 3


def numbered_text(*told: str) -> list[Block]:
    return rows(3, *((str(n), text) for n, text in enumerate(told, 1)))


def test_numbered_paragraphs_beside_the_plan_are_no_second_plan(draft):
    """Failure mode 91: a question about how a report numbers its paragraphs."""
    text = "There are two recommendations, set out in the action plan with their outcomes."
    for beside in (
        numbered_text(text),
        numbered_text(text, "The governors will see it each term."),
    ):
        assert heavy(draft, [*beside, *plain((ONE, TWO), HEADINGS)]) == []


def test_numbered_paragraphs_and_no_plan_may_be_the_plan(draft):
    alone = numbered_text("Bruises are looked at twice: practice manager, June", "Letters: clerk")
    assert heavy(draft, alone) == [("plan-unclear", "question")]


def test_a_numbered_row_with_more_than_one_text_is_still_asked_about(draft):
    deed = "The manager will see to it by June"
    strange = rows(3, ("1", "Look twice at each bruise", deed), ("2", "Ask again", deed))
    both = [Paragraph("The details are these."), *strange, *plain((ONE, TWO), HEADINGS)]
    assert heavy(draft, both) == [("plan-unclear", "question")]


def test_a_plan_that_is_a_picture_is_a_question(draft):
    assert heavy(draft, [Paragraph("", picture=True)]) == [("plan-unclear", "question")]


def test_recommendations_without_a_plan_are_a_missing_plan(draft):
    told = [
        Paragraph(f"Recommendation {n}: {i['recommendation']}") for n, i in enumerate((ONE, TWO), 1)
    ]
    assert heavy(draft, told) == [("plan-missing", "fault")]
    table = rows(2, ("No.", "Recommendation"), ("1", ONE["recommendation"]), ("2", "Ask again"))
    assert heavy(draft, table) == [("plan-missing", "fault")]


def test_a_key_in_an_appendix_before_the_signing_off_is_no_part_of_the_plan(draft):
    key, block = draft.appendix, draft.bodies["signing-off"]
    draft.bodies["recommendations"] += key
    draft.appendix = []
    assert draft.judged().verdict == "accept"
    assert draft.bodies["signing-off"] == block
