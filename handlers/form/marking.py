"""The checks on the answers: one to a criterion, and what the answers are.

Does: notes `answer-missing`, `answer-double`, `answer-CHOICE` for every choice that the kind has
a rule for ("answer-no", "answer-partially"), and `comment-missing` beside those; `answer-unclear`
for what is there and not understood, `answer-not-applicable` for "N/A" with a reason; of the whole
grid `answers-missing` and `answers-unread`.
Trusts: the sheet.
Never touches: the register: whether an answer agrees with it is asked elsewhere.
Known limits: a picture in an answer cell may be a tick drawn by hand; a person looks.
"""

from __future__ import annotations

from collections.abc import Sequence

from config.refusals import REFUSALS
from handlers.context import Context
from handlers.findings import Findings
from handlers.form.answers import NONE
from handlers.form.blanks import INK, note_missing
from handlers.form.criteria import Asked
from handlers.form.sheet import Sheet
from handlers.throughout import FEWEST
from handlers.typed.fold import squash
from handlers.typed.no_value import no_value

PROMPT = "control"  # the class of words that a list shows before anything is chosen
UNCLEAR, NOT_APPLICABLE = "answer-unclear", "answer-not-applicable"


def answers_on(sheet: Sheet) -> tuple[tuple[int, str], ...]:
    """Each criterion's number and its answer, where it has exactly one ("yes")."""
    return tuple(
        (asked.criterion.number, squash(asked.answer.one))
        for asked in sheet.asked
        if asked.answer.one is not None
    )


def check_answers(sheet: Sheet, context: Context, notes: Findings) -> None:
    """One answer to each criterion. {choices} is "Yes, No or Partially".

    Where not one of them has an answer, the grid is untouched, or it was not read.
    """
    lined = [asked for asked in sheet.asked if asked.line is not None]
    rule = "" if len(lined) < FEWEST else _as_a_whole(lined, sheet)
    if rule and notes.asks(rule):
        choices = listed(sheet.shape.answers)
        column = all(map(_in_one_column, lined))
        words = _entered(rule, choices, column=column)
        prompt = _is_prompt(lined[0].answer.says)
        words |= _chosen(lined[0], sheet, sure=prompt) if rule == "answers-missing" else {}
        notes.add(rule, None, None, "", choices=choices, **words)
        return
    # A page on which one row was not understood may have been cut up wrongly in the next.
    doubtful = sheet.traits.on_paper and any(one.answer.state == "unclear" for one in lined)
    for asked in lined:
        if doubtful and asked.answer == NONE:
            notes.add(UNCLEAR, asked.where, cause=asked.cause)
        elif asked.answer.one is None:
            _note(asked, sheet, notes)


def _as_a_whole(lined: Sequence[Asked], sheet: Sheet) -> str:
    """The rule for a grid in which no answer at all was found."""
    states = {asked.answer.state for asked in lined}
    if any(asked.answer.one for asked in lined) or states == {"not applicable"}:
        return ""
    if states <= {"pictured", "none"} and (sheet.traits.inked or "pictured" in states):
        return ""  # told as what may be ink
    if states == {"none"} and any(a.answer.says and not _is_prompt(a.answer.says) for a in lined):
        return ""
    blank = states == {"none"} and not any(asked.comment for asked in lined)
    # What is shaded or coloured on paper is not read.
    return "answers-missing" if blank and not sheet.traits.on_paper else "answers-unread"


def _is_prompt(says: str) -> bool:
    told = no_value(says)
    return told is not None and told.kind == PROMPT


def _note(asked: Asked, sheet: Sheet, notes: Findings) -> None:
    choices = listed(sheet.shape.answers)
    answer, where, cause = asked.answer, asked.where, asked.cause
    column = _in_one_column(asked)
    if answer.state == "read":
        words = _entered("answer-double", choices, column=column)
        notes.add("answer-double", where, None, cause, choices=choices, **words)
    elif answer.state == "pictured" and notes.asks(INK):
        if INK not in notes:
            notes.add(INK)
    elif answer.state in ("unclear", "pictured"):
        notes.add(UNCLEAR, where, None, cause, **_entered(UNCLEAR, choices, column=column))
    elif answer.state == "not applicable" and asked.comment:
        notes.add(NOT_APPLICABLE, where, cause=cause)
    else:
        told = no_value("n/a" if answer.state == "not applicable" else answer.says)
        words = _entered("answer-missing", choices, column=column)
        if told:
            words.pop("instead", None)
        prompt = told is not None and _is_prompt(answer.says)
        says = told.says if told and not prompt else ""
        words |= {} if says else _chosen(asked, sheet, sure=prompt)
        note_missing("answer-missing", where, sheet, notes, cause, says, choices=choices, **words)


def _chosen(asked: Asked, sheet: Sheet, *, sure: bool = False) -> dict[str, str]:
    """The words for an answer that is chosen from a list, and was not."""
    replies = asked.line.replies if asked.line else ()
    if not sure and not any(r.whole is not None and r.whole.prompted for r in replies):
        return {}
    words, choices = REFUSALS["form"]["choose"], listed(sheet.shape.answers)
    return {"instead": words.says, "instead_fix": words.fix.format(choices=choices)}


def _in_one_column(asked: Asked) -> bool:
    """Whether the criterion has one cell for its whole answer, and no words or boxes to tick."""
    replies = asked.line.replies if asked.line else ()
    cells = [reply for reply in replies if reply.whole is not None or reply.spots]
    return bool(cells) and all(reply.whole is not None and not reply.spots for reply in cells)


def _entered(rule: str, choices: str, *, column: bool) -> dict[str, str]:
    """The words of a rule for a form on which an answer is entered, not ticked."""
    own = REFUSALS["one-column"].get(rule) if column else None
    if own is None:
        return {}
    return {"instead": own.says, "instead_fix": own.fix.format(choices=choices)}


def check_reservations(sheet: Sheet, context: Context, notes: Findings) -> None:
    """The answers that the board wants to hear of, and whether a comment explains them."""
    for asked in sheet.asked:
        if asked.answer.one is None:
            continue
        rule = f"answer-{squash(asked.answer.one)}"
        if notes.asks(rule):
            notes.add(rule, asked.where, cause=asked.cause)
            if not asked.comment:
                notes.add("comment-missing", asked.where, cause=asked.cause)


def listed(words: Sequence[str]) -> str:
    """ "Yes, No or Partially"."""
    return " or ".join(filter(None, (", ".join(words[:-1]), words[-1]))) if words else ""
