"""The check on the identifier that stands for the child.

Does: notes `KEY-other` for another case's and `KEY-unclear` for one that cannot be told; makes
a blank one a question where nothing else says which case the form belongs to.
Trusts: the register for the case.
Never touches: any other case.
Known limits: those of `identifier.py`.
"""

from __future__ import annotations

from handlers.context import Context
from handlers.findings import Findings
from handlers.form.identifier import held_against, looks_like_identifier
from handlers.form.sheet import Entry, Sheet


def check_child(sheet: Sheet, context: Context, notes: Findings) -> None:
    """A blank identifier is weighed here, not with the other blanks."""
    for entry in _identifiers(sheet):
        missing = f"{entry.key}-missing"
        if entry.blank and missing in sheet.kind.rules:
            notes.add(missing, entry.where, severity=None if context.case else "question")
        if not entry.text or context.case is None:
            continue
        rule = f"{entry.key}-{held_against(entry.text, context.case)}"
        if rule in sheet.kind.rules:
            notes.add(rule, entry.where)


def identifier_on(sheet: Sheet, context: Context) -> str | None:
    """This case's identifier when the form carries it, else what looks like one, else None."""
    for entry in _identifiers(sheet):
        if context.case and held_against(entry.text, context.case) == "ours" and entry.text:
            return context.case.child_identifier or None
        if looks_like_identifier(entry.text):
            return " ".join(entry.text.split())
    return None


def _identifiers(sheet: Sheet) -> list[Entry]:
    return [entry for entry in sheet.entries if entry.field.reads_as == "child"]
