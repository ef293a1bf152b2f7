"""What a label means, and how many words of a text may be one."""

from __future__ import annotations

from config.kind_loading import load_kinds
from config.kind_shape import FormShape
from handlers.checks.form.form_sheet import _lexicon
from handlers.fields.label_meanings import LabelTerm, build_lexicon, plain_lexicon

TEXTS = (
    "Signed A. Person", "Author's job title Head of Care", "Date of the report 20/05/2010",
    "Name / Enw Pat Person", "Signature (report author) A. Person", "The date 20 May 2010",
    "(Signed) A. Person", "Name of author of the report A. Person", "Authors A. and B. Person",
    "Chief Executive's Signature: Pat", "the the the", "Completed by - A. Person", "- 1. Name Pat",
)  # fmt: skip


def test_no_more_words_of_a_text_are_a_label_than_may_open_one() -> None:
    fields = [kind.shape.fields for kind in load_kinds().all if isinstance(kind.shape, FormShape)]
    known = [*map(_lexicon, fields), plain_lexicon(("Name", "Report author", "Date of report"))]
    found = 0
    for one in known:
        every = [" ".join(words) for words in one.terms]
        for text in (*TEXTS, *every, *(f"{label}s of the {label} x" for label in every)):
            words = text.split(" ")
            for count in range(1, min(len(words), one.longest + 3) + 1):
                if one.terms_of_label(" ".join(words[:count])):
                    found += 1
                    assert one.max_opening_words(words) >= count, text
    assert found > 500


def test_few_beginnings_of_prose_are_taken_apart() -> None:
    known = build_lexicon((LabelTerm("name", "name of the author"), LabelTerm("date", "date")))
    assert (
        known.max_opening_words(["The", "report", "was", "sent", "on", "the", "date", "it", "says"])
        == 2
    )
    assert known.max_opening_words(["Every", "child", "was", "seen"]) == 0
