"""Looks for a sentence beside a signed form's own text that makes it conditional or not yet so.

Answers to criteria and the comments on them are left out. A history of versions is told by its last
version.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cache, partial

from handlers.checks.form.added_words import stands_alone
from handlers.checks.form.field_answer import FieldAnswer
from handlers.checks.form.form_sheet import FormSheet
from handlers.checks.form.form_text import FormPassage
from handlers.checks.form.statement_answers import TABLE_HEADINGS, statement_patterns
from handlers.context import Context
from handlers.fields.people import look_of_text, signs_for_another, split_pieces
from handlers.fields.versions import digest_of_texts
from handlers.findings import PAGE_MARGIN, FindingPlace, Findings
from handlers.values.blanks_not_filled import read_postponed_value
from handlers.values.dates import read_date
from handlers.values.doubts import (
    doubtful,
    is_finished,
    is_whole,
    names_draft,
    sentences,
    unusual,
)
from handlers.values.normalise import fold_text, text_similarity, without_number

IN_FOOTNOTES = "a footnote"
BESIDE_SIGNATURE = "beside the signature"
NTH = ("second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")
MAX_NEAR_LINES = 6  # lines below one that names a draft, among which the final version may be named
CHOICES = frozenset({"yes", "no", "y", "n", "partially", "partly", "x"})
DAY_AND_MORE = frozenset({"with-time", "extra-words"})  # why a text is no day that has one in it
OWN = 0.9  # how alike a sentence and one of the form's own are


def check_final(sheet: FormSheet, context: Context, notes: Findings) -> None:
    """`not-final` at every line in which a sentence says so."""
    for where in dict.fromkeys(_places(sheet)):
        notes.add("not-final", where)


def _places(sheet: FormSheet) -> Iterator[FindingPlace]:
    lines = list(_whole(_beside(sheet)))
    printed = {*sheet.shape.statements, *sheet.shape.guidance, *sheet.kind.titles}
    histories = cache(partial(_histories, sheet))  # of use to few forms, and costly for each line
    for n, line in enumerate(lines):
        # Most lines are printed or plain, and cost no more than this.
        if line.kept in printed or not any(
            doubtful(one, beside=True) or unusual(one) for one in sentences(line.kept)
        ):
            continue
        if _is_known(line, sheet) or (line.table and line.table in histories()):
            continue
        if _is_overtaken(line, lines[n + 1 : n + MAX_NEAR_LINES]):
            continue
        if any(_said_in(line, sheet)):
            yield FindingPlace(section=_place(line, sheet), line=digest_of_texts([line.text]))
    for texts, place in (
        (sheet.traits.margins, PAGE_MARGIN),
        (sheet.traits.footnotes, IN_FOOTNOTES),
    ):
        if any(doubtful(one, aside=place is PAGE_MARGIN) for t in texts for one in sentences(t)):
            yield FindingPlace(section=place)


def _is_overtaken(line: FormPassage, later: Iterable[FormPassage]) -> bool:
    """Whether a line names a draft and one below it the version that came of it."""
    below = (at for at in later if _is_short(at))
    return _is_short(line) and names_draft(line.kept) and any(is_finished(at.kept) for at in below)


def _is_short(line: FormPassage) -> bool:
    return len(line.kept.split()) <= MAX_NEAR_LINES


def _said_in(line: FormPassage, sheet: FormSheet) -> Iterator[bool]:
    """Of each sentence of a line, whether it is doubtful; what stands in the line of a statement is
    about it, as is what stands in its row, and is told with the statement where that does not
    stand."""
    text, stands = line.kept, True
    ways = statement_patterns(sheet.shape.statements)
    for standing, wording in zip(sheet.standings, ways, strict=False):
        text, found = wording.subn("\n", text)
        stands = stands and (not found or standing.state == "stands")
    if stands:
        within = text != line.kept or _in_row(line, sheet)
        for sentence in sentences(text):
            named = not is_whole(sentence) and all(map(look_of_text, split_pieces(sentence)))
            about = within and not (named or stands_alone(sentence))
            said = doubtful(sentence, beside=about, aside=named)
            said = said or (not (named or line.table) and unusual(sentence))
            yield said and not _is_printed(sentence, sheet)


def _in_row(line: FormPassage, sheet: FormSheet) -> bool:
    """Whether a statement stands in the same row."""
    row = (p.kept for p in sheet.passages if line.table and p.position == line.position)
    return any(
        way.search(text) for text in row for way in statement_patterns(sheet.shape.statements)
    )


def _is_printed(sentence: str, sheet: FormSheet) -> bool:
    """Whether a sentence is the form's own."""
    shape = sheet.shape
    criteria = (criterion.text for criterion in shape.criteria)
    printed = (*shape.guidance, *sheet.kind.titles, *shape.statements, *criteria)
    return any(text_similarity(sentence, own) >= OWN for own in printed)


def _is_known(line: FormPassage, sheet: FormSheet) -> bool:
    """Whether a line is told of already: as what stands in place of a statement, or as a blank that
    is still to come, also where an answer was added elsewhere; or is the form's own."""
    said = fold_text(line.kept)
    words = set(said.split())
    if words <= CHOICES | TABLE_HEADINGS and ("yes" in words or len(words) == 1):
        return True  # what is printed to choose from, or an answer
    off = read_postponed_value(line.kept.rpartition(":")[2])
    if off and off.kind != "draft" and _stands_for_blank(line, sheet):
        return True
    if any(one.found and said in fold_text(one.found) for one in sheet.standings):
        return True
    here = [e for e in sheet.entries if e.filled and e.filled.position == line.position]
    signed = any(e.field.reads_as == "signature" for e in here)
    if signed and signs_for_another(line.kept):
        return True  # which is asked about as that
    if any(e.is_blank or e.not_settled or _is_no_day(e, line, sheet) for e in here):
        return True
    return any(said in fold_text(statement) for statement in sheet.shape.statements)


def _is_no_day(entry: FieldAnswer, line: FormPassage, sheet: FormSheet) -> bool:
    """Whether all that stands after the label in a line is no day ("next Tuesday"), which is told
    of the blank. With a day beside it, what is said of that counts."""
    text = entry.entered_text
    if entry.field.reads_as != "date" or not text or not line.kept.endswith(text):
        return False
    alone = fold_text(line.kept.removesuffix(text)) in {
        "",
        *map(fold_text, (entry.field.label, *entry.field.also)),
    }
    reading = read_date(text)
    told = sheet.kind.includes_rule(f"{entry.field_key}-invalid")
    return alone and told and reading.value is None and reading.refusal not in DAY_AND_MORE


def _stands_for_blank(line: FormPassage, sheet: FormSheet) -> bool:
    """Whether a line that puts something off is a blank's own, or may stand for one that is
    told as blank. Any other ("Draft, not yet agreed") speaks of the whole form."""
    return any(blank.position == line.position for blank in sheet.blanks) or any(
        e.is_blank or e.not_settled for e in sheet.entries
    )


def _beside(sheet: FormSheet) -> Iterator[FormPassage]:
    """The lines that are not struck out, and none of the grid."""
    grid = [at for one in sheet.asked if one.line for at in one.line.positions]
    first, last = (min(grid), max(grid)) if grid else (0, -1)
    for passage in sheet.passages:
        if passage.kept and not first <= passage.position <= last:
            yield passage


def _whole(lines: Iterable[FormPassage]) -> Iterator[FormPassage]:
    """The lines, those joined that one sentence was broken over."""
    held: FormPassage | None = None
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


def _histories(sheet: FormSheet) -> frozenset[int]:
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
            elif passage.position != head and is_finished(passage.kept):
                past.add(passage.table)
    return frozenset(past - signed)


def _place(line: FormPassage, sheet: FormSheet) -> str:
    """Where a line stands, by what is printed nearest to it on the form."""
    entries = (e for e in sheet.entries if e.filled and e.filled.position == line.position)
    if (entry := next(entries, None)) is not None:
        return f'beside the word "{entry.field.label}"'
    if own := _statement(line, sheet):
        return f"beside {own}"
    if sheet.asked:
        grid = max((at for a in sheet.asked if a.line for at in a.line.positions), default=-1)
        return "above the criteria" if line.position < grid else BESIDE_SIGNATURE
    signed = [e.filled.position for e in sheet.signing_fields if e.filled]
    above = [p for p in sheet.passages if p.position < line.position]
    below = next((p for p in reversed(above) if _statement(p, sheet)), None)
    if below is not None:
        after_signing = bool(signed) and line.position > min(signed)
        held = _statement(below, sheet)
        return BESIDE_SIGNATURE if after_signing else _nth_line(line, below, held, sheet)
    first = next((p for p in sheet.passages if _statement(p, sheet)), None)
    if first is None:
        return BESIDE_SIGNATURE
    return _above_statements(line, first, sheet)


def _above_statements(line: FormPassage, first: FormPassage, sheet: FormSheet) -> str:
    """ "The line between the heading and the statement about ...", where nothing else is there."""
    titles = tuple(fold_text(title) for title in sheet.kind.titles)
    above = [p for p in sheet.passages if p.position < first.position]
    headed = (p for p in above if fold_text(without_number(p.text)).startswith(titles))
    heading = next(headed, None)
    name = _statement(first, sheet)
    if heading is None or line.position <= heading.position:
        return f"above {'the heading' if heading else name}"
    if sum(p.position > heading.position for p in above) == 1:
        return f"the line between the heading and {name}"
    return _nth_line(line, heading, "the heading", sheet)


def _nth_line(line: FormPassage, held: FormPassage, name: str, sheet: FormSheet) -> str:
    """ "The line below the heading", or the second of them and so on."""
    between = [p for p in sheet.passages if held.position < p.position <= line.position]
    at = next((n for n, p in enumerate(between) if p.text == line.text), 0)
    if not at:
        return f"the line below {name}"
    return f"the {NTH[at - 1]} line below {name}" if at <= len(NTH) else f"below {name}"


def _statement(line: FormPassage, sheet: FormSheet) -> str:
    """What the statement in a line is called."""
    said = fold_text(line.kept)
    wanted = (fold_text(statement) for statement in sheet.shape.statements)
    named = zip(wanted, _called(sheet), strict=False)
    return next((name for wording, name in named if wording and wording in said), "")


def _called(sheet: FormSheet) -> Sequence[str]:
    """What each statement is called, in words that its author finds it by."""
    return sheet.shape.statement_places or tuple(s.name for s in sheet.standings)
