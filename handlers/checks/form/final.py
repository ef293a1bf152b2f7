"""Whether a signed form says anywhere that what it says is not so yet, or only on a condition.

Does: looks at every sentence that stands beside the form's own text: among the statements, above
and below them or the criteria, where it is signed, in the margins and the notes of the page.
Trusts: `handlers/values/taken_back.py` for the words; the sheet for what is the form's own.
Never touches: the answers to criteria and the comments on them, and statements that are told of
already.
Known limits: a history of versions is told by its last version.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from handlers.checks.form.form_text import Passage
from handlers.checks.form.sheet import Sheet
from handlers.checks.form.statement_answers import wordings
from handlers.context import Context
from handlers.findings import Findings
from handlers.values.normalise import fold, without_number
from handlers.values.placeholders import put_off
from handlers.values.taken_back import is_draft, is_history, sentences, takes_back

MARGINS, NOTES = "in the page header or footer", "in a footnote"
SIGNED = "beside the signature"
NEAR = 6  # lines below one that names a draft, among which the final version may be named


def check_final(sheet: Sheet, context: Context, notes: Findings) -> None:
    """`not-final` once, with every {place} where a sentence says so."""
    if places := list(dict.fromkeys(_places(sheet))):
        *first, last = places
        notes.add("not-final", place=f"{', '.join(first)} and {last}" if first else last)


def _places(sheet: Sheet) -> Iterator[str]:
    titles = " ".join(sheet.kind.titles)
    lines = list(_whole(_beside(sheet)))
    versions = _histories(sheet)
    own = wordings(sheet.shape.statements)
    rows = {at.position for at in lines if at.table and any(w.search(at.kept) for w in own)}
    at = _Place(sheet)
    for n, line in enumerate(lines):
        place = at.of(line)
        if line.table in versions or _is_known(line, sheet):
            continue
        drafted = is_draft(line.kept, titles) and not any(
            is_history(later.kept) for later in lines[n + 1 : n + NEAR] if _is_short(later)
        )
        if drafted or any(_said_in(line, sheet, rows)):
            yield place
    for texts, place in ((sheet.traits.margins, MARGINS), (sheet.traits.footnotes, NOTES)):
        if any(is_draft(t, titles) or any(map(takes_back, sentences(t))) for t in texts):
            yield place


def _is_short(line: Passage) -> bool:
    return len(line.kept.split()) <= NEAR


def _said_in(line: Passage, sheet: Sheet, rows: Collection[int]) -> Iterator[bool]:
    """Of each sentence of a line, whether it takes back; what stands in the line of a statement is
    about it, as is what stands in its row, and is told with the statement where that does not
    stand."""
    text, stands = line.kept, True
    for standing, wording in zip(sheet.standings, wordings(sheet.shape.statements), strict=False):
        text, found = wording.subn("\n", text)
        stands = stands and (not found or standing.state == "stands")
    if text == line.kept:
        near = line.position in rows
        yield from (takes_back(sentence, beside=near) for sentence in sentences(text))
    elif stands:
        yield from (takes_back(sentence, beside=True) for sentence in sentences(text))


def _is_known(line: Passage, sheet: Sheet) -> bool:
    """Whether a line is told of already: as what stands in place of a statement, or as a blank that
    is still to come, also where an answer was added elsewhere; or is the form's own."""
    said = fold(line.kept)
    if put_off(line.kept.rpartition(":")[2]) and not is_draft(
        line.kept, " ".join(sheet.kind.titles)
    ):
        return True
    if any(one.found and said in fold(one.found) for one in sheet.standings):
        return True
    here = [e for e in sheet.entries if e.filled and e.filled.position == line.position]
    if any(e.blank or e.not_settled for e in here):
        return True
    return any(said in fold(statement) for statement in sheet.shape.statements)


def _beside(sheet: Sheet) -> Iterator[Passage]:
    """The lines that are not struck out, and none of the grid."""
    grid = [at for one in sheet.asked if one.line for at in one.line.positions]
    first, last = (min(grid), max(grid)) if grid else (0, -1)
    for passage in sheet.passages:
        if passage.kept and not first <= passage.position <= last:
            yield passage


def _whole(lines: Iterable[Passage]) -> Iterator[Passage]:
    """The lines, those joined that one sentence was broken over."""
    held: Passage | None = None
    for line in lines:
        goes_on = line.kept[:1].islower() and without_number(line.kept) == line.kept
        if (
            held is not None
            and goes_on
            and not (held.table or line.table)
            and held.kept[-1] not in ".!?"
        ):
            held = replace(held, kept=f"{held.kept} {line.kept}")
            continue
        if held is not None:
            yield held
        held = line
    if held is not None:
        yield held


def _histories(sheet: Sheet) -> frozenset[int]:
    """The tables that tell of versions, below whose heading one is named that is no draft."""
    signing = {e.filled.position for e in sheet.entries if e.filled}
    first: dict[int, int] = {}
    past: set[int] = set()
    signed: set[int] = set()
    for passage in sheet.passages:
        if passage.table and passage.kept:
            head = first.setdefault(passage.table, passage.position)
            if passage.position in signing:
                signed.add(passage.table)
            elif passage.position != head and is_history(passage.kept):
                past.add(passage.table)
    return frozenset(past - signed)


@dataclass(slots=True)
class _Place:
    """Where a line stands, by the nearest thing that is printed on the form; asked line by line."""

    sheet: Sheet
    below: str = ""

    def of(self, line: Passage) -> str:
        sheet = self.sheet
        entry = next(
            (e for e in sheet.entries if e.filled and e.filled.position == line.position), None
        )
        if entry is not None:
            return f'beside the word "{entry.field.label}"'
        own = self._statement(line)
        if own:
            self.below = own
            return f"beside {own}"
        if sheet.asked:
            grid = max((at for a in sheet.asked if a.line for at in a.line.positions), default=-1)
            return "above the criteria" if line.position < grid else SIGNED
        signed = [e.filled.position for e in sheet.signing if e.filled]
        if self.below and signed and line.position > min(signed):
            return SIGNED
        first = next(iter(_called(sheet)), "")
        return f"below {self.below}" if self.below else f"above {first}" if first else SIGNED

    def _statement(self, line: Passage) -> str:
        said = fold(line.kept)
        wanted = (fold(statement) for statement in self.sheet.shape.statements)
        named = zip(wanted, _called(self.sheet), strict=False)
        return next((name for wording, name in named if wording and wording in said), "")


def _called(sheet: Sheet) -> Sequence[str]:
    """What each statement is called, in words that its author finds it by."""
    return sheet.shape.statement_places or tuple(s.name for s in sheet.standings)
