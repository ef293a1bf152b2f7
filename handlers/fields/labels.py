"""Labels of fields in a line of text: "Signed.....Date.....", "Name: A. Person"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from config.label_words import BLOCK_HEADING_WORDS, NON_NAME_WORDS, OTHER_LABELS
from handlers.document import Cell, Paragraph
from handlers.fields.drawn_lines import (
    BRACKETED,
    DRAWN_BESIDE_LABEL,
    before_drawn_line,
    close_spaced_dots,
    ends_in_drawn_line,
    entered_value,
    holds_drawn_line,
    is_drawn_line,
    without_drawn_end,
)
from handlers.fields.label_meanings import LabelLexicon, LabelTerm
from handlers.fields.people import look_of_text
from handlers.values.normalise import fold_text
from handlers.values.personal_names import is_job_title

MAX_LABEL_LINE_LENGTH = 600  # beyond this a line is prose, whatever it begins with
LONGEST_HEADINGS = 160
_GAP = re.compile(r"\t[\t ]*|[ ]{2,}")

_PART = re.compile(
    rf"(?P<colon>(?<!\d):|:(?!\d)|\uff1a)|(?P<drawn>{DRAWN_BESIDE_LABEL})|(?P<tab>[ ]*\t[ \t]*)"
    r"|(?P<wide>[ ]{2,})|(?P<dash> [-\u2013\u2014] )|(?P<bar>[|;,])"
)
_STRONG = frozenset({"colon", "drawn", "tab"})
_APART = frozenset({"tab", "wide", "drawn"})
_OPEN = frozenset({"start", "drawn", "tab", "wide", "bar"})  # what a label may stand after
_NOTE = re.compile(r"(?P<label>[^()]*[^()\s])\s*\((?P<note>[^()]{1,60})\)[\s*]*")
_LEAD = re.compile(r"^(?:\W{0,6}(?:\d{1,2}(?:\.\d{1,2})*|[a-zA-Z])[.)]\s+|[^\w(]{0,6})")
# Words and what parts them have no character in common, so that it is read in one way.
_SHAPE = re.compile(
    r"[A-Za-z][A-Za-z()]*(?:(?:[ ]?['\u2019/&-]+[ ]?|[ ]{1,2})[A-Za-z()]+){0,6}[ )]*"
)
_ANSWER = re.compile(r"[A-Z0-9][^:]*")
_BEHIND = re.compile(r"(?P<value>[^()\n]*)\((?P<label>[^()\n]{2,60})\)\s*")
_PARTS = frozenset({"author", "commissioner"})  # whose part it is, and no job
_NO_TITLES = _PARTS | {"officer", "signatory", "manager"}  # alone, more likely the label's own
_LABELS_OWN = BLOCK_HEADING_WORDS | NON_NAME_WORDS | OTHER_LABELS
_STOPPED = re.compile(r"[a-z]{3}\.\s")  # "Headteacher. Signed:": a value ends before the label
_SMALL = frozenset({"of", "and", "for", "de", "van", "von", "der", "to", "the", "in", "on"})


@dataclass(frozen=True, slots=True)
class LineLabel:
    """One label met in a line. `terms` are what it means; none for a label nobody told us of.

    `value` is "" when nothing was entered. `note` is what stood in brackets beside either,
    as in "Signed (report author)". `drawn` says that dots or a line were printed to write on;
    `colon` that the label had one.
    """

    terms: tuple[LabelTerm, ...]
    value: str
    note: str = ""
    drawn: bool = False
    colon: bool = False


@dataclass(slots=True)
class _Open:
    """A label whose value is being gathered."""

    terms: tuple[LabelTerm, ...]
    note: str
    ended: str  # what stood after it
    parts: list[str] = field(default_factory=list)

    def to_line_label(self) -> LineLabel:
        raw = "".join(self.parts)
        value = entered_value(raw)
        note = self.note or ("" if value else " ".join(BRACKETED.findall(raw)))
        drawn = self.ended == "drawn" or holds_drawn_line(raw)
        return LineLabel(self.terms, value, note.strip("()[] "), drawn, self.ended == "colon")

    @property
    def has_no_value(self) -> bool:
        return not entered_value("".join(self.parts))


def find_line_labels(line: str, known: LabelLexicon) -> list[LineLabel]:
    """Every label in one line, in order, each with what follows it."""
    if len(line) > MAX_LABEL_LINE_LENGTH:
        return []
    if other := _labels_behind(line, known) or _run_together(line, known) or _headings(line, known):
        return other
    out: list[LineLabel] = []
    now: _Open | None = None
    before = "start"
    for text, after, drawn in _pieces(line):
        found = _label(text, before, after, now, known)
        if found is None:
            if now is not None:
                now.parts.append(text + drawn)
            elif text.strip() and after not in _APART:
                return out  # a line that begins with something else is no line of blanks
        else:
            ahead, terms, note, value = found
            if now is not None:
                now.parts.append(ahead)
                out.append(now.to_line_label())
            now = _Open(terms, note, "space" if value else after, [value + drawn])
        before = after if text.strip() or after in _STRONG else before
    if now is None:
        return out
    last = now.to_line_label()
    # A tab that nothing follows draws the line to sign on, with its dots or without.
    led = line.endswith("\t") and not last.value and any(t.signature for t in last.terms)
    return [*out, replace(last, drawn=True) if led else last]


def _labels_behind(line: str, known: LabelLexicon) -> list[LineLabel]:
    """ "....A. Person.......... (Signature)": each label in brackets behind its rule."""
    found = list(_BEHIND.finditer(line)) if line.rstrip().endswith(")") else []
    if not found or "".join(one[0] for one in found) != line:
        return []
    out = []
    for one in found:
        terms = known.terms_of_label(one["label"])
        ahead = before_drawn_line(one["value"])
        if not terms or all(term.person for term in terms) or known.terms_of_label(ahead):
            return []
        if not ends_in_drawn_line(one["value"]):
            return []
        out.append(LineLabel(terms, entered_value(one["value"]), drawn=True))
    return out


def _run_together(line: str, known: LabelLexicon) -> list[LineLabel]:
    """ "Signed A. Person Print Name Alex Person Date 20/05/2010": three labels or more, each once,
    with nothing but a space beside them."""
    words = line.split()
    if len(words) < 3 or not words[0][:1].isupper() or known.loose_term_at(words, 0)[0] is None:
        return []  # most lines, and each is asked
    line = without_drawn_end(line)
    if any(part.lastgroup in _STRONG or part.lastgroup == "drawn" for part in _PART.finditer(line)):
        return []
    marks: list[tuple[int, int, LabelTerm]] = []
    at = 0
    while at < len(words):
        term, length = known.loose_term_at(words, at)
        if term is not None and words[at][:1].isupper():
            marks.append((at, length, term))
        at += length if term is not None else 1
    if len(marks) < 3 or marks[0][0] != 0 or len({term.key for *_, term in marks}) < len(marks):
        return []
    ends = [at for at, *_ in marks[1:]] + [len(words)]
    return [
        LineLabel((term,), entered_value(" ".join(words[at + length : end])))
        for (at, length, term), end in zip(marks, ends, strict=True)
    ]


def _headings(line: str, known: LabelLexicon) -> list[LineLabel]:
    """ "Author's details", "Part A - for the author<tab>Part B - for the agency": whose the lines
    below are, each another's. What asks for something as well is a label."""
    if not known.people or len(line) > LONGEST_HEADINGS:
        return []
    parts = [part for part in _GAP.split(line.strip()) if part]
    if any(":" in part[:-1] for part in parts):
        return []
    whose = [known.heading(part) for part in parts]
    terms = [term for term in whose if term is not None]
    if not parts or len({term.key for term in terms}) < len(parts):
        return []
    if any(not term.person for part in parts for term in known.terms_of_label(part.rstrip(" :"))):
        return []
    pairs = zip(terms, parts, strict=True)
    return [LineLabel((term,), "", colon=part.endswith(":")) for term, part in pairs]


_Found = tuple[
    str, tuple[LabelTerm, ...], str, str
]  # text ahead, the label, a note, a value at once


def _label(
    text: str, before: str, after: str, now: _Open | None, known: LabelLexicon
) -> _Found | None:
    bare = _LEAD.sub("", text.strip(), count=1) if now is None else text.strip()
    if not bare:
        return None
    marked_off = after == "colon" or (after == "drawn" and now is None)
    if found := _answer_and_label(bare, before, after, now, known):
        return found
    terms, note = _whole(bare, known, marked_off)
    if now is not None and before == "colon" and after == "colon" and known.terms_of_half(bare):
        return _before_colon(bare, before, now, known)  # "Signed: A. Person / Name: "
    if terms and now is None and after in ("end", "drawn") and _is_job_of_role(terms):
        found = _before_space(bare, known)
        if (
            found is not None
            and fold_text(found[3]).split()[-1] not in _PARTS
            and is_job_title(found[3])
        ):
            return found  # "Job designation Chief Executive"
    if terms:
        return ("", terms, note, "") if _may_stand(terms, before, after, now) else None
    if now is not None and fold_text(bare) in OTHER_LABELS and after in ("drawn", "colon"):
        return "", (), "", ""
    if after == "colon":
        return _before_colon(bare, before, now, known)
    if before not in _OPEN:
        return None
    found = _before_space(bare, known)
    return found if found is None or after != "drawn" or _answers_over_rule(found) else None


def _answer_and_label(
    bare: str, before: str, after: str, now: _Open | None, known: LabelLexicon
) -> _Found | None:
    """ "Date: 20/05/2010 Signature:", "Job title: Chief Executive Date:"."""
    if now is None or after != "colon":
        return None
    if _STOPPED.search(bare) and (found := _before_colon(bare, before, now, known)):
        return found
    if not now.has_no_value or before != "colon":
        return None
    terms, _ = _whole(bare, known)
    if terms and not _is_job_and_label(terms):
        return None
    return _before_colon(bare, before, now, known)


def _is_job_and_label(terms: tuple[LabelTerm, ...]) -> bool:
    """Whether words for a role, which may be somebody's job, stand before what is asked for."""
    return terms[0].person and any(not term.person for term in terms)


def _answers_over_rule(found: _Found) -> bool:
    return _names_somebody(found) or _names_job(found)


def _names_job(found: _Found) -> bool:
    """ "Title Chief Executive......"; not "Title Chief Executive/Director......", as printed."""
    _, terms, _, value = found
    words = fold_text(value).split()
    plain = len(words) > 1 or _NO_TITLES.isdisjoint(words)
    plain = plain and "/" not in value and is_job_title(value)
    return plain and any(term.look == "designation" for term in terms)


def _names_somebody(found: _Found) -> bool:
    """ "Name Alex Person......": over a rule only a name is an answer and no more of the label."""
    _, terms, _, value = found
    words = fold_text(value).split()
    plain = len(words) > 1 and _LABELS_OWN.isdisjoint(words)
    return plain and look_of_text(value) == "name" and any(term.look == "name" for term in terms)


def _is_job_of_role(terms: tuple[LabelTerm, ...]) -> bool:
    """Whether a label asks for a job first, and goes on with the words of a role."""
    return len(terms) > 1 and terms[0].job and all(term.person for term in terms[1:])


def _may_stand(terms: tuple[LabelTerm, ...], before: str, after: str, now: _Open | None) -> bool:
    """Whether words that are a label are one here, and not the value of the label before them."""
    if now is not None and after != "colon" and now.has_no_value and _is_job(terms, now.terms):
        return False
    if now is None or after in ("colon", "drawn"):
        return True
    if before in ("colon", "bar"):
        return False
    return not now.has_no_value or now.ended not in ("colon", "drawn", "dash", "space")


def _is_job(terms: tuple[LabelTerm, ...], asked: tuple[LabelTerm, ...]) -> bool:
    """Whether words for a role stand where a job is asked for: "Post ....Chief officer"."""
    return any(term.job for term in asked) and all(term.person for term in terms)


def _before_colon(text: str, before: str, now: _Open | None, known: LabelLexicon) -> _Found | None:
    """The label at the end of "A. Person Date", or a label that nobody told us of."""
    if now is not None:
        for gap in re.finditer(" ", text):
            label = text[gap.end() :]
            terms, note = _whole(label, known)
            if terms and not (known.terms_of_half(label) and " / " in label):
                return text[: gap.end()].rstrip(" /"), terms, note, ""
    if before in _OPEN and before != "bar" and _SHAPE.fullmatch(text):
        return "", (), "", ""
    return None


def _before_space(text: str, known: LabelLexicon) -> _Found | None:
    """ "Signed A. Person", "Date 20/05/2010": one space, and what can only be an answer."""
    words = text.split(" ")
    for count in range(min(len(words) - 1, known.max_opening_words(words)), 0, -1):
        terms, note = _whole(" ".join(words[:count]), known)
        rest = words[count:]
        if terms and all(term.loose for term in terms):
            bare = BRACKETED.sub(" ", " ".join(rest)).split()
            named = all(not w[:1].islower() or w in _SMALL for w in bare) and len(rest) < 9
            if named and _ANSWER.fullmatch(" ".join(rest)) and fold_text(rest[0]) not in _SMALL:
                return "", terms, note, " ".join(rest)
    return None


def _whole(
    text: str, known: LabelLexicon, marked_off: bool = False
) -> tuple[tuple[LabelTerm, ...], str]:
    """What the whole of a text means as a label, and what stood in brackets after it."""
    if text.startswith("(") and text.endswith(")") and text.count("(") == 1:
        text = text[1:-1]
    if terms := known.terms_of_label(text, marked_off):
        return terms, ""
    noted = _NOTE.fullmatch(text)
    return (known.terms_of_label(noted["label"], marked_off), noted["note"]) if noted else ((), "")


def _pieces(line: str) -> Iterator[tuple[str, str, str]]:
    """Texts, each with the kind of what parts it from the next, and that itself."""
    at = 0
    for part in _PART.finditer(line):
        yield line[at : part.start()], part.lastgroup or "", part[0] if part[0] != ":" else " "
        at = part.end()
    yield line[at:], "end", ""


def looks_like_label(line: str) -> bool:
    """True of a short "Something:" that no one told us of."""
    head, colon, _ = _LEAD.sub("", line, count=1).partition(":")
    return bool(colon) and _SHAPE.fullmatch(head) is not None


@dataclass(frozen=True, slots=True)
class PrintedLine:
    """One printed line. A paragraph with line breaks in it is several."""

    text: str
    position: int
    picture: bool = False
    ticks: tuple[bool, ...] = ()
    heading: bool = False

    @property
    def is_empty(self) -> bool:
        return not (self.text.strip() or self.picture or self.ticks)

    @property
    def is_drawn(self) -> bool:
        """Nothing but a line to write on."""
        return is_drawn_line(self.text)


def lines_of_paragraphs(
    paragraphs: Iterable[Paragraph], position: int, known: LabelLexicon
) -> list[PrintedLine]:
    """The printed lines of some paragraphs; a control that nobody filled in is an empty one."""
    return [line for p in paragraphs for line in _lines(p, position, known)]


def lines_of_cell(cell: Cell, position: int, known: LabelLexicon) -> list[PrintedLine]:
    """Those of a cell; a label that was wrapped by hand is one line."""
    text = " ".join(cell.text.split())
    if "\n" in cell.text and known.terms_of_label(text) and not _several(cell, known):
        return [PrintedLine(text, position, cell.picture, cell.ticks)]
    return lines_of_paragraphs(cell.paragraphs, position, known)


def _several(cell: Cell, known: LabelLexicon) -> bool:
    """Whether each line of a cell is a label by itself."""
    return all(known.terms_of_label(line) for line in cell.text.split("\n") if line.strip())


def _lines(paragraph: Paragraph, position: int, known: LabelLexicon) -> list[PrintedLine]:
    if paragraph.placeholder:
        return [PrintedLine("", position)]
    heading = paragraph.heading > 0
    said = close_spaced_dots(paragraph.text)
    out = [PrintedLine(text, position, heading=heading) for text in said.split("\n")]
    if paragraph.picture or paragraph.ticks:
        held = next((i for i, line in enumerate(out) if _has_blank(line.text, known)), 0)
        out[held] = replace(out[held], picture=paragraph.picture, ticks=paragraph.ticks)
    return out


def _has_blank(line: str, known: LabelLexicon) -> bool:
    return any(not found.value for found in find_line_labels(line, known))
