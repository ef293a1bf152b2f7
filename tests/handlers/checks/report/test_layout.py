"""How a report is set out, and what was left in it."""

from __future__ import annotations

import pytest

from handlers.document import Paragraph


def renumber(draft, line, *, numbered: bool) -> None:
    """Every paragraph without its typed number, and perhaps with an automatic one instead."""
    for body in draft.bodies.values():
        for at, block in enumerate(body):
            if isinstance(block, Paragraph) and block.text[1:2] == ".":
                body[at] = line(block.text[4:], numbered=numbered)


def test_unnumbered_pages_are_advice(draft):
    draft.traits.page_numbers = False
    (found,) = draft.judged().findings
    assert (found.rule, found.severity) == ("page-numbers", "advice")


def test_page_numbers_are_not_asked_of_what_came_on_paper(draft):
    """They are read as words of the page there, so nobody can say that they are missing."""
    draft.traits.page_numbers = False
    draft.traits.on_paper = True
    assert "page-numbers" not in draft.rules()


def test_unnumbered_paragraphs_are_advice(draft, line):
    renumber(draft, line, numbered=False)
    (found,) = draft.judged().findings
    assert (found.rule, found.severity) == ("paragraph-numbers", "advice")


def test_a_number_in_a_cell_counts_for_each_paragraph_beside_it(draft, line, rows):
    renumber(draft, line, numbered=False)
    more = "The account that was given of the bruise did not fit the age of the child at all."
    for at, key in enumerate(("introduction", "background", "summary", "analysis"), start=1):
        texts = [b.text for b in draft.bodies[key] if isinstance(b, Paragraph)]
        counted = ((f"{at}.{n}", f"{text}|{more}|{more}") for n, text in enumerate(texts, 1))
        draft.bodies[key] = rows(20 + at, *counted)
    assert "paragraph-numbers" not in draft.rules()


def test_words_automatic_numbers_count(draft, line):
    renumber(draft, line, numbered=True)
    assert draft.rules() == set()


def test_no_contents_sheet_is_advice(draft):
    draft.traits.contents = False
    (found,) = draft.judged().findings
    assert (found.rule, found.severity) == ("contents", "advice")


def test_no_version_is_advice(draft):
    draft.replace_front("Version 2, agreed 27 May 2010", "")
    (found,) = draft.judged().findings
    assert (found.rule, found.severity) == ("version", "advice")


@pytest.mark.parametrize(
    ("line", "told"),
    [("Issue 3", set()), ("Issue 3, May 2010", set()), ("Key issue 3", {"version"})],
)
def test_an_issue_is_a_version_where_it_stands_alone(draft, line, told):
    draft.replace_front("Version 2, agreed 27 May 2010", line)
    assert draft.rules() == told


@pytest.mark.parametrize("margin", ["IMR v1.2", "Version: final", "Document control"])
def test_a_version_in_the_page_footer_counts(draft, margin):
    draft.replace_front("Version 2, agreed 27 May 2010", "")
    draft.traits.margins.append(margin)
    assert draft.rules() == set()


@pytest.mark.parametrize(("count", "said"), [(1, "(1 change)"), (1200, "(1,200 changes)")])
def test_tracked_changes_are_a_question(draft, count, said):
    draft.traits.tracked_changes = count
    (found,) = draft.judged().findings
    assert (found.rule, found.severity) == ("tracked-changes", "question")
    assert said in found.message


def test_comments_left_in_are_a_question(draft):
    draft.traits.comments = 2
    (found,) = draft.judged().findings
    assert (found.rule, found.severity) == ("comments-left", "question")
    assert "2 comments" in found.message
