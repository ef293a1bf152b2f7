"""The checks that the form is still the board's form: its criteria and its statements.

Does: notes `criterion-missing`, `criterion-reworded` and `criterion-added`, of the whole grid
`criteria-unread`; `statement-missing`, `statement-reworded` and `declaration-reworded`.
Trusts: the sheet.
Never touches: the answers, the blanks.
Known limits: on a scan or a PDF a grid that could not be read at all is a person's work.
"""

from __future__ import annotations

from config.refusals import REFUSALS
from handlers.context import Context
from handlers.finding import Where
from handlers.findings import Findings
from handlers.form.altered import DONE, told
from handlers.form.blanks import note_missing
from handlers.form.criteria import Asked
from handlers.form.sheet import Sheet
from handlers.form.statements import Standing
from handlers.throughout import FEWEST

QUESTIONED = frozenset({"answered otherwise", "left unticked", "box left empty"})


def check_criteria(sheet: Sheet, context: Context, notes: Findings) -> None:
    """`criterion-missing` and `criterion-reworded`, by the criterion's number; `criterion-added` by
    the row; where none was found and something else stands there, `criteria-unread` once."""
    missing = [asked for asked in sheet.asked if asked.line is None]
    changed = [asked for asked in sheet.asked if asked.reworded]
    if (rule := _as_a_whole(sheet, len(missing), len(changed))) and notes.asks(rule):
        notes.add(rule)
        return
    for added in sheet.added if notes.asks("criterion-added") else ():
        said = added.answer == sheet.shape.answers[0]
        notes.add("criterion-added", added.where, None if said else "question")
    for asked in sheet.asked:
        if asked.line is None:
            note_missing("criterion-missing", asked.where, sheet, notes, asked.cause)
        elif asked.reworded:
            notes.add("criterion-reworded", asked.where, cause=asked.cause, found=_found(asked))


def _found(asked: Asked) -> str:
    """What was done to the wording of a criterion."""
    if not asked.found:
        return DONE["struck out"]
    return told(asked.criterion.text, asked.found)


def _as_a_whole(sheet: Sheet, missing: int, changed: int) -> str:
    """The rule for a grid that could not be read; a grid that is not there misses each."""
    if len(sheet.asked) < FEWEST:
        return ""
    if sheet.traits.on_paper and missing + changed >= FEWEST:
        return "criteria-unread"
    if missing < len(sheet.asked):
        return ""
    return "criteria-unread" if sheet.spare >= FEWEST or sheet.pictured else ""


def check_statements(sheet: Sheet, context: Context, notes: Findings) -> None:
    """`statement-missing` with {state}, "missing" or "struck out in part", with the {place} to put
    the {wording} back to; `statement-reworded` with {found} and {wording}, save of what
    `check_declaration` tells."""
    for standing in sheet.standings:
        where = Where(section=standing.name)
        words = {"wording": standing.wording.rstrip("."), **_instead(standing)}
        if standing.state == "reworded" and not _exact(standing, sheet, notes):
            notes.add("statement-reworded", where, None, "", found=_altered(standing), **words)
        elif standing.state in QUESTIONED:
            notes.add("statement-reworded", where, None, "", found="", **words)
        elif standing.state == "missing":
            place = _place_for(standing, sheet)
            note_missing(
                "statement-missing", where, sheet, notes, state="missing", place=place, **words
            )
        elif standing.state not in ("stands", "reworded"):
            place = _place_for(standing, sheet)
            notes.add(
                "statement-missing", where, None, "", state=standing.state, place=place, **words
            )


def _instead(standing: Standing) -> dict[str, str]:
    """The words of its own that a way to stand has."""
    words = REFUSALS["statement"].get(standing.state)
    return {"instead": words.says, "instead_fix": words.fix} if words else {}


def _place_for(standing: Standing, sheet: Sheet) -> str:
    """Where a statement goes, by the nearest thing that is printed on the form: the statement
    after it or before it, else the word beside which it is signed."""
    at = sheet.standings.index(standing)
    called = dict(
        zip((s.name for s in sheet.standings), sheet.shape.statement_places, strict=False)
    )
    here = [one.name in called and one.state == "stands" for one in sheet.standings]
    if any(here[at + 1 : at + 2]):
        return f"above {called[sheet.standings[at + 1].name]}"
    if any(here[at - 1 : at] if at else ()) and at + 1 < len(here):
        return f"below {called[sheet.standings[at - 1].name]}"
    signed = next((e for e in sheet.entries if e.field.reads_as == "signature"), None)
    if signed is None:
        return "in its place"
    printed = signed.filled.label if signed.filled else ""
    return f'above the word "{printed[:1].upper()}{printed[1:] or signed.field.label}"'


def check_declaration(sheet: Sheet, context: Context, notes: Findings) -> None:
    """`declaration-reworded` with {found} and the {wording} to put back."""
    for standing in sheet.standings:
        if standing.state == "reworded" and _exact(standing, sheet, notes):
            wording = standing.wording.rstrip(".")
            where = Where(section=standing.name)
            notes.add("declaration-reworded", where, found=_altered(standing), wording=wording)


def _altered(standing: Standing) -> str:
    """What was done to the wording of a statement."""
    return told(standing.wording, standing.found)


def _exact(standing: Standing, sheet: Sheet, notes: Findings) -> bool:
    """Whether another wording of it is evidence. What was read from paper may be read wrongly."""
    exact = standing.name in sheet.shape.exact_statements
    return exact and not sheet.traits.on_paper and notes.asks("declaration-reworded")
