"""The check on the identifier that stands for the child.

Does: notes `KEY-other` for another case's and `KEY-unclear` for one that cannot be told; makes
a blank one a question where nothing else says which case the form belongs to.
Trusts: the register for the case.
Never touches: any other case.
Known limits: those of `identifier.py`.
"""

from __future__ import annotations

from config.rule import Severity
from handlers.context import Context
from handlers.findings import Findings
from handlers.form.identifier import held_against, looks_like_identifier
from handlers.form.sheet import Entry, Sheet
from handlers.typed.reference import first_named, of_another_review


def check_child(sheet: Sheet, context: Context, notes: Findings) -> None:
    """A blank identifier is weighed here, not with the other blanks."""
    for entry in _identifiers(sheet):
        if entry.blank:
            severity: Severity | None = None if context.case else "question"
            notes.add(f"{entry.key}-missing", entry.where, severity)
        if not entry.text or context.case is None:
            continue
        whose = held_against(entry.text, context.case)
        if whose != "ours":
            notes.add(f"{entry.key}-{whose}", entry.where)


def identifier_on(sheet: Sheet, context: Context) -> str | None:
    """This case's identifier when the form carries it, else what looks like one, else None."""
    for entry in _identifiers(sheet):
        if context.case and held_against(entry.text, context.case) == "ours" and entry.text:
            return context.case.child_identifier or None
        if looks_like_identifier(entry.text):
            return " ".join(entry.text.split())
        if context.case and (other := of_another_review(entry.text, context.case)):
            return other
    return None if _identifiers(sheet) else _in_the_text(sheet, context)


def _in_the_text(sheet: Sheet, context: Context) -> str | None:
    """Of a letter, which has no blank for it: another review's where it names that and not ours."""
    if context.case is None:
        return None
    text = "\n".join(passage.text for passage in sheet.passages)
    ours = (context.case.reference, context.case.child_identifier)
    if first_named(text, filter(None, ours)):
        return None
    return of_another_review(text, context.case) or None


def _identifiers(sheet: Sheet) -> list[Entry]:
    return [entry for entry in sheet.entries if entry.field.reads_as == "child"]
