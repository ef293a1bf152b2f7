"""Every section, under a heading in every form, there, removed, emptied, put off and reworded.

Failure mode 91: "we could not read it" told as "you did not write it".
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from handlers.document import Block, Cell, Paragraph, Row, TableEnd
from tests import combinations

KEYS = (
    "introduction",
    "genogram",
    "background",
    "summary",
    "post-incident",
    "analysis",
    "conclusions",
    "recommendations",
    "signing-off",
)
UNKNOWN = {
    "introduction": "How this paper came about",
    "genogram": "Who is who",
    "background": "What was known already",
    "summary": "Our work from 2007 to 2010",
    "post-incident": "What we have heard lately",
    "analysis": "Our view of the work",
    "conclusions": "What it all comes to",
    "recommendations": "What we mean to do",
    "signing-off": "Agreed by",
}
LIGHT = ("background", "post-incident")
Form = Callable[[str, int], list[Block]]


def boxed(text: str, number: int) -> list[Block]:
    return [Row(50 + number, 1, (Cell((Paragraph(text),), 0),)), TableEnd(50 + number)]


FORMS: dict[str, Form] = {
    "style": lambda text, n: [Paragraph(text, heading=1)],
    "style and automatic number": lambda text, n: [Paragraph(text, heading=1, numbered=True)],
    "bold": lambda text, n: [Paragraph(text, bold=True)],
    "bold with number": lambda text, n: [Paragraph(f"{n}. {text}", bold=True)],
    "bold with automatic number": lambda text, n: [Paragraph(text, bold=True, numbered=True)],
    "capitals": lambda text, n: [Paragraph(text.upper())],
    "number and capitals": lambda text, n: [Paragraph(f"{n}) {text.upper()}")],
    "numbered line": lambda text, n: [Paragraph(f"{n}\t{text}")],
    "section word": lambda text, n: [Paragraph(f"Section {n}: {text}", heading=1)],
    "section word and dash": lambda text, n: [Paragraph(f"SECTION {n} – {text}", bold=True)],
    "colon": lambda text, n: [Paragraph(f"{n}. {text}:", bold=True)],
    "centred": lambda text, n: [Paragraph(text, bold=True, title=True)],
    "bar": boxed,
    "bar with number": lambda text, n: boxed(f"{n}. {text}", n),
    "number on its own line": lambda text, n: [
        Paragraph(f"Section {n}", bold=True),
        Paragraph(text, bold=True),
    ],
    "over two paragraphs": lambda text, n: [
        Paragraph(part, bold=True) for part in (f"{n}. {text}".rsplit(" ", 1))
    ],
}  # fmt: skip


def headed(draft, form: Form, other: dict[str, str] | None = None, left_out: str = "") -> None:
    """Each heading in this form; the sections stay where they are."""
    words = {s.key: s.heading for s in draft.kind.shape.sections} | (other or {})
    blocks: list[Block] = []
    for number, key in enumerate(KEYS, 1):
        if key != left_out:
            blocks += [*form(words[key], number), *draft.bodies[key]]
    draft.headings = {"introduction": Paragraph("")}
    draft.bodies = {"introduction": blocks}


@pytest.fixture(params=FORMS)
def form(request: pytest.FixtureRequest) -> Form:
    return FORMS[request.param]


def heavy(draft) -> list[tuple[str, str, str | None]]:
    return [
        (f.rule, f.severity, f.where.section)
        for f in draft.judged().findings
        if f.severity != "advice"
    ]


def named(draft, key: str) -> str:
    return next(s.heading for s in draft.kind.shape.sections if s.key == key)


def fresh(draft):
    """The same draft, to be spoiled anew."""
    return replace(draft, headings=dict(draft.headings), bodies=dict(draft.bodies))


def test_a_good_report_is_accepted(draft, form):
    headed(draft, form)
    assert heavy(draft) == []


def test_a_section_left_out_is_missing(draft, form):
    for key in KEYS:
        spoiled = fresh(draft)
        headed(spoiled, form, left_out=key)
        told = [row for row in heavy(spoiled) if row[0] != "sign-off-missing"]
        rest = {"recommendations": [("plan-missing", "fault", named(draft, key))]}
        assert told == [("section-missing", "fault", named(draft, key)), *rest.get(key, [])], key


def test_a_section_emptied_is_empty_and_advice_where_it_may_be(draft, form):
    for key in KEYS[:-1]:
        spoiled = fresh(draft)
        spoiled.bodies[key] = []
        headed(spoiled, form)
        found = {f.rule: (f.severity, f.where.section) for f in spoiled.judged().findings}
        severity = "advice" if key in LIGHT else "fault"
        assert found["section-empty"] == (severity, named(draft, key)), key
        assert set(found) <= {"section-empty", "plan-missing"}


PUT_OFF = ("TBC", "To follow", "4.1 To follow.", "[to be completed]", "..........", " ")


def test_words_that_put_a_section_off_leave_it_empty_with_their_own_sentence(draft):
    for form, key, words in combinations.of(FORMS.values(), KEYS[:-1], PUT_OFF, times=8):
        spoiled = fresh(draft)
        spoiled.bodies[key] = [Paragraph(words), Paragraph("")]
        headed(spoiled, form)
        where = named(draft, key)
        every = [f for f in spoiled.judged().findings if f.where.section == where]
        rules = ("section-empty", "not-final", "placeholder-left")
        found = next(f for f in every if f.rule in rules)
        light = key in LIGHT  # of which what is put off is asked about, or told as the template's
        weights = {"not-final": "question", "section-empty": "advice" if light else "fault"}
        weight = weights.get(found.rule, "fault")
        assert found.severity == weight and (light or weight == "fault"), (words, key)
        if found.rule == "section-empty":
            assert ("still to come" in found.message) == any(c.isalpha() for c in words), words


NONE = ("None", "N/A", "Nothing to add.", "Not applicable", "Nil")


def test_none_is_an_answer_where_there_may_be_none(draft):
    for form, key, words in combinations.of(FORMS.values(), LIGHT, NONE):
        spoiled = fresh(draft)
        spoiled.bodies[key] = [Paragraph(words)]
        headed(spoiled, form)
        assert spoiled.rules() <= {"section-reworded"}, (words, key)


def test_a_heading_in_words_of_its_own_is_a_question_about_that_section(draft, form):
    for key in KEYS:
        spoiled = fresh(draft)
        headed(spoiled, form, {key: UNKNOWN[key]})
        assert heavy(spoiled) == [("section-unclear", "question", named(draft, key))], key
