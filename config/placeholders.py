"""The words that a rule's sentences may leave to the check that finds the fault: `{heading}`.

Does: lists, rule by rule, what each shape's checks fill in; a rule that is not here gets nothing.
Trusts: the judges of `handlers/` to fill what stands here; tests show each rule told.
Never touches: documents.
Known limits: a rule's name may begin with a star: "*-invalid" is that of any blank read as a date.
"""

from __future__ import annotations

from collections.abc import Mapping
from fnmatch import fnmatchcase

from config.shape import FormShape, ReportShape, Shape, TableShape

FILLED: Mapping[type[Shape], Mapping[str, str]] = {
    TableShape: {
        "heading-changed": "how heading place", "heading-missing": "what",
        "heading-added": "place", "columns-shifted": "what found heading",
        "date-invalid": "says fix", "time-invalid": "says fix",
        "date-outside-period": "first last", "order": "place", "order-throughout": "count total",
        "subjects-of-another": "count total",
    },
    ReportShape: {
        "section-missing": "heading", "section-empty": "heading", "section-reworded": "heading",
        "section-order": "heading", "prompts-missing": "missing", "focus-unmatched": "issues",
        "plan-column-missing": "column", "names-suspected": "what place",
        "sign-off-missing": "missing person", "sign-off-image": "person",
        "sign-off-unproven": "why",
        "tracked-changes": "count", "comments-left": "count",
    },
    FormShape: {
        "answer-missing": "choices", "answer-double": "choices", "statement-missing": "state",
        "*-invalid": "says fix", "*-future": "value",
        "*-digitally": "who why", "*-unproven": "who why",
    },
}  # fmt: skip


def filled(shape: Shape, rule: str) -> frozenset[str]:
    """The words that the check for `rule` fills in."""
    if isinstance(shape, TableShape) and _answers(shape, rule):
        return frozenset({"says", "fix"})
    known = (words for name, words in FILLED[type(shape)].items() if fnmatchcase(rule, name))
    return frozenset(next(known, "").split())


def _answers(shape: TableShape, rule: str) -> bool:
    """A column of Y and N has one rule, called as the column is."""
    return any(column.key == rule and column.reads_as == "yes_no" for column in shape.columns)
