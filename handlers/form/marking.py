"""The checks on the answers: one to a criterion, and what the answers are.

Does: notes `answer-missing`, `answer-double`, `answer-CHOICE` for every choice that the kind has
a rule for ("answer-no", "answer-partially"), and `comment-missing` beside those.
Trusts: the sheet.
Never touches: the register: whether an answer agrees with it is asked elsewhere.
Known limits: a picture in an answer cell may be a tick drawn by hand; a person looks.
"""

from __future__ import annotations

from collections.abc import Sequence

from handlers.context import Context
from handlers.findings import Findings
from handlers.form.blanks import INK, note_missing
from handlers.form.sheet import Sheet
from handlers.typed.fold import squash


def answers_on(sheet: Sheet) -> tuple[tuple[int, str], ...]:
    """Each criterion's number and its answer, where it has exactly one ("yes")."""
    return tuple(
        (asked.criterion.number, squash(asked.line.ticked[0]))
        for asked in sheet.asked
        if asked.line is not None and len(asked.line.ticked) == 1
    )


def check_answers(sheet: Sheet, context: Context, notes: Findings) -> None:
    """One answer to each criterion. {choices} is "Yes, No or Partially"."""
    choices = listed(sheet.shape.answers)
    for asked in sheet.asked:
        if asked.line is None or len(asked.line.ticked) == 1:
            continue
        if asked.line.ticked:
            notes.add("answer-double", asked.where, cause=asked.cause, choices=choices)
        elif not asked.line.pictured:
            note_missing("answer-missing", asked.where, sheet, notes, asked.cause, choices=choices)
        elif INK not in notes:
            notes.add(INK)


def check_reservations(sheet: Sheet, context: Context, notes: Findings) -> None:
    """The answers that the board wants to hear of, and whether a comment explains them."""
    for asked in sheet.asked:
        if asked.line is None or len(asked.line.ticked) != 1:
            continue
        rule = f"answer-{squash(asked.line.ticked[0])}"
        if notes.asks(rule):
            notes.add(rule, asked.where, cause=asked.cause)
            if not asked.line.comment:
                notes.add("comment-missing", asked.where, cause=asked.cause)


def listed(words: Sequence[str]) -> str:
    """ "Yes, No or Partially"."""
    return " or ".join(filter(None, (", ".join(words[:-1]), words[-1]))) if words else ""
