"""What the words around a chronology say of the whole of it: whose it is, of which review, and
for when."""

from __future__ import annotations

import re
from calendar import month_abbr, month_name
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from config.side_table_words import SIDE_TABLE_WORDS
from handlers.context import AgencyFacts, CaseFacts, Context
from handlers.document import Block, Paragraph, Row
from handlers.fields.front_matter import Period, front_matter_sort
from handlers.findings import (
    ABOVE_TABLE,
    AROUND_TABLE,
    DETAILS_TABLE,
    PAGE_MARGIN,
    Clues,
)
from handlers.values.agency_names import compare_with_sender
from handlers.values.blanks_not_filled import read_no_value
from handlers.values.case_reference import (
    find_other_review,
    first_named_reference,
    looks_like_identifier,
    match_identifier,
)
from handlers.values.doubts import is_finished
from handlers.values.draft_marks import is_line_marked, is_marked_draft
from handlers.values.normalise import fold_text, fold_without_spaces, without_number
from handlers.values.template_words import instead_of, instructions

MAX_LINES = 300  # around a table that are read
MAX_LINE_LENGTH = 200  # characters of a line
MAX_NAME_LENGTH = 90  # characters of an agency's name
MAX_TITLE_WORDS = 14
MAX_NAME_WORDS = 6
TOP_BLOCKS = 5  # blocks among which a line of its own may be the agency's name
CELL_POSITION = 1_000_000
MAX_STATUS_WORDS = 25
_LABELLED = re.compile(r"\s*([^:\t\u2013]{2,40}?)\s*(?:[:\t\u2013]|\s-\s)[\s:]*(.+)", re.DOTALL)
# Where another label begins on the same line: "Agency: GP      Period: 2007 to 2010".
_LABEL = re.compile(r"[A-Z][A-Za-z /']{1,30}:")
_NEXT_LABEL = re.compile(r"(?<=[^\s:])(?:[ ]{2,9}|[ ]*[\t;|])\s*(?=[A-Z][A-Za-z /']{1,30}:)")
_MORE = re.compile(
    r" (?:entries|events|records|pages|years) (?:[a-z0-9]+ ){0,5}"
    r"(?:to follow|to come|will follow|to be added|awaited|outstanding) "
)
_OF_REVIEW = re.compile(
    r"\b(?:case|review|scr|reference|ref|respect of|re)\b[\s:.,#\u2013-]{0,4}"
    r"(?:(?:no|number|ref|reference|id|into|of|for)\b[\s:.#]{0,3})?"
    r"([a-z]{1,8}[-/]?\d{1,6}(?:[-/][a-z0-9]{1,4})?)\b",
    re.IGNORECASE,
)
_NAMES_AGENCY, _NAMES_CASE, _STATUS = (
    frozenset(map(fold_without_spaces, words))
    for words in (
        SIDE_TABLE_WORDS.agency_labels,
        SIDE_TABLE_WORDS.case_labels,
        SIDE_TABLE_WORDS.status_labels,
    )
)
_NO_NAME = frozenset(
    map(fold_without_spaces, (*SIDE_TABLE_WORDS.headings, *SIDE_TABLE_WORDS.labels))
)
_TITLE = frozenset(fold_text(" ".join(SIDE_TABLE_WORDS.title_words)).split())
_AGENCIES = tuple(f" {fold_text(words)}" for words in SIDE_TABLE_WORDS.agencies)
_UNFINISHED, _FINISHED = (
    tuple(f" {fold_text(words)} " for words in listed)
    for listed in (SIDE_TABLE_WORDS.unfinished, SIDE_TABLE_WORDS.unless)
)

_INSTRUCTS = frozenset(
    {"send", "return", "please", "before", "when", "your", "should", "must", "no"}
)
_MONTHS = frozenset(month.lower() for month in (*month_name, *month_abbr) if month)


@dataclass(frozen=True, slots=True)
class TableSurroundings:
    """`agency` is the name given to the whole, where it is not the sender's; `another` that it is
    plainly an agency's. `case` is a reference that is not this case's. `unfinished` is where
    somebody says that it is a draft or more is to come. `template`: the words by which template
    text left there is found."""

    agency: str | None = None
    another: bool = False
    case: str | None = None
    case_place: str = ""
    unfinished: str = ""
    template: str = ""
    instead: str = ""  # what is written in the place of all of them, where that is one thing

    def amend_clues(self, told: Clues, *, sender_named: bool = False) -> Clues:
        """What the entries tell, and what these words do. Where every entry names the sender, the
        two disagree: then these words are asked about, and prove nothing."""
        return replace(
            told,
            agency=told.agency if sender_named else self.agency or told.agency,
            child_identifier=self.case or told.child_identifier,
            identifier_place=self.case_place if self.case else told.identifier_place,
        )


@dataclass(frozen=True, slots=True)
class _Line:
    """A line; where it is a label and what stands beside that, these. `label` is squashed; `at` is
    its place from the top, of a cell beside another CELL."""

    text: str
    label: str = ""
    value: str = ""
    at: int = 0


def read_surroundings(
    blocks: Iterable[Block], own: frozenset[str], context: Context, margins: Sequence[str] = ()
) -> TableSurroundings:
    """What stands around the tables. `own` are the table's own headings, squashed; `margins` the
    lines of headers and footers, which may say that it is a draft."""
    period = context.case.period if context.case else None
    lines = list(_lines(blocks, own, period))[:MAX_LINES]
    printed = [line for text in margins[:MAX_LINES] for line in _of_text(text)]
    agency, another = _agency(lines, context.agency)
    case, case_place = _case(lines, context.case)
    return TableSurroundings(
        agency=agency,
        another=another,
        case=case,
        case_place=case_place,
        unfinished=_unfinished_place(lines, printed),
        template=next(filter(None, (_template(line.text) for line in lines)), ""),
        instead=_instead(line.text for line in lines),
    )


def _lines(blocks: Iterable[Block], own: frozenset[str], period: Period | None) -> Iterator[_Line]:
    tables: dict[int, list[Row]] = {}
    for at, block in enumerate(blocks):
        if isinstance(block, Paragraph):
            yield from _of_text(block.text, at)
        elif isinstance(block, Row) and len(tables.setdefault(block.table, [])) < MAX_LINES:
            tables[block.table].append(block)
    for rows in tables.values():
        # What stands beside what in a list under headings is no label and its value.
        if front_matter_sort(rows, period) is None:
            yield from _of_table([[c.text for c in row.cells if c.text] for row in rows], own)


def _of_text(text: str, at: int = 0) -> Iterator[_Line]:
    for line in _NEXT_LABEL.sub("\n", text[: 4 * MAX_LINE_LENGTH]).split("\n"):
        if not line.strip() or len(line) > MAX_LINE_LENGTH:
            continue
        found = _LABELLED.fullmatch(line)
        label = fold_without_spaces(without_number(found[1])) if found else ""
        value = found[2].strip() if found else ""
        # "Agency:    Period: 2007 to 2010" names no agency: what follows is the next label.
        yield _Line(line, label, "" if _LABEL.match(value) else value, at)


def _of_table(texts: Sequence[Sequence[str]], own: frozenset[str]) -> Iterator[_Line]:
    """The details of a table: not those of the board's own information about the columns."""
    filled = [row for row in texts if row]
    if len({fold_without_spaces(row[0]) for row in filled} & own) >= 3:
        return
    for row in filled:
        if len(row) == 1:
            yield from _of_text(row[0])
        for label, value in zip(row[::2], row[1::2], strict=False):
            name = fold_without_spaces(without_number(label[:MAX_NAME_LENGTH]))
            told = name in _STATUS or fold_without_spaces(value[:MAX_NAME_LENGTH]) not in _NO_NAME
            if told and len(row) % 2 == 0:
                yield _Line(
                    f"{label}: {value}"[:MAX_LINE_LENGTH],
                    name,
                    value[:MAX_LINE_LENGTH],
                    CELL_POSITION,
                )


def _agency(lines: Sequence[_Line], sender: AgencyFacts | None) -> tuple[str | None, bool]:
    """The agency that the whole is said to be of, where it is not the sender, and whether it is
    plainly another."""
    if sender is None:
        return None, False
    labelled = [line.value for line in lines if line.label in _NAMES_AGENCY]
    labelled = [v for v in labelled if len(v) <= MAX_NAME_LENGTH and read_no_value(v) is None]
    titled = [name for line in lines if (name := _titled(line))]
    if any(compare_with_sender(each, sender) == "own" for each in (*labelled, *titled)):
        return None, False
    plain = [n for n in labelled if compare_with_sender(n, sender) == "other"]
    # "Shire Police" is an agency; "Health" alone may be a sort of chronology.
    plain += [
        n for n in titled if " " in fold_text(n) and compare_with_sender(n, sender) == "other"
    ]
    return next(iter((*plain, *titled)), None), bool(plain)


def _titled(line: _Line) -> str:
    """The agency in a title ("Shire Police: Internal Chronology"), or a line that is its name."""
    words = line.text.split()
    named = "chronology" in fold_text(line.text).split()
    alone = line.at < TOP_BLOCKS and not line.label and len(words) <= MAX_NAME_WORDS
    if line.at == CELL_POSITION or len(words) > MAX_TITLE_WORDS or not (named or alone):
        return ""
    rest = [w for w in words if fold_text(w) and not _TITLE.issuperset(fold_text(w).split())]
    name = " ".join(w for w in rest if not any(map(str.isdigit, w))).strip(" :,;-\u2013()")
    return name if f" {fold_text(name)}".endswith(_AGENCIES) and "=" not in line.text else ""


def _case(lines: Sequence[_Line], case: CaseFacts | None) -> tuple[str | None, str]:
    """A reference of another review, where this one's is named nowhere, and where it stands."""
    if case is None:
        return None, ""
    text = "\n".join(line.text for line in lines)
    if first_named_reference(text, filter(None, (case.reference, case.child_identifier))):
        return None, ""
    if word := find_other_review(text, case):
        places = (_place(line) for line in lines if find_other_review(line.text, case) == word)
        return word, next(places, AROUND_TABLE)  # it may stand across two lines
    named = [(found[1], line) for line in lines for found in _OF_REVIEW.finditer(line.text)]
    named += [
        (word, line) for line in lines if line.label in _NAMES_CASE for word in line.value.split()
    ]
    words = [(word.strip(".,;()"), line) for word, line in named]
    whose = [(word, line, match_identifier(word, case)) for word, line in words]
    if any(match == "ours" for _, _, match in whose):
        return None, ""
    others = ((w, at) for w, at, match in whose if match == "other" and looks_like_identifier(w))
    return next(((word, _place(line)) for word, line in others), (None, ""))


def _place(line: _Line) -> str:
    if line.at == CELL_POSITION:
        return DETAILS_TABLE
    return ABOVE_TABLE if line.at < TOP_BLOCKS else AROUND_TABLE


def _unfinished_place(lines: Sequence[_Line], printed: Sequence[_Line]) -> str:
    """Where anything says that it is a draft, or that more is to come; "" where nothing does. What
    a later line overtakes ("Version 1.0 final") marks none."""
    for n, line in enumerate(lines):
        if _unfinished(line):
            return _place(line)
        if _is_marked(line) and not any(is_finished(one.text) for one in lines[n + 1 :]):
            return _place(line)
    marked = any(_unfinished(line) or is_marked_draft(line.text) for line in printed)
    return PAGE_MARGIN if marked else ""


def _is_marked(line: _Line) -> bool:
    if line.label in _STATUS:
        return is_marked_draft(line.value)
    return line.at != CELL_POSITION and is_line_marked(line.text)


def _unfinished(line: _Line) -> bool:
    """ "DRAFT", "Status: draft", "not yet complete, further entries to follow"."""
    of_status = line.label in _STATUS
    if line.at == CELL_POSITION and not of_status:
        return False
    drafted = read_no_value(line.value if of_status else line.text)
    if drafted is not None and drafted.kind == "draft":
        return True
    said = f" {fold_text(line.text)} "
    if len(said.split()) > MAX_STATUS_WORDS or any(words in said for words in _FINISHED):
        return False
    if not line.text.rstrip().endswith(".") and _titled_draft(said.split()):
        return True
    return any(words in said for words in _UNFINISHED) or _MORE.search(said) is not None


def _template(text: str) -> str:
    """The words to look for where a template's own were left: "[Insert agency name]"."""
    return next((look for look, sure in instructions(text) if sure), "")


def _instead(texts: Iterable[str]) -> str:
    """What is to be written where template text was left; "" where that is several things."""
    found = {instead_of(text, look) for text in texts if (look := _template(text))}
    return found.pop() if len(found) == 1 else ""


def _titled_draft(words: Sequence[str]) -> bool:
    """ "Agency Chronology - DRAFT v0.2", "Draft 2, 12/04/2010"; not "Draft/final: final"."""
    if "draft" not in words or "final" in words or len(words) > MAX_TITLE_WORDS:
        return False
    rest = [word for word in words if word not in _TITLE and not any(map(str.isdigit, word))]
    if "chronology" in words:
        return _INSTRUCTS.isdisjoint(words)
    return all(word == "v" or word in _MONTHS for word in rest)
