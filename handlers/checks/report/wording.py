"""Template text left in, recommendations too vague to check, and what should be mentioned."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from config.kind_shape import Field
from config.rules import REFUSALS, Severity
from handlers.checks.report.headings import without_page
from handlers.checks.report.paragraphs import Counted, counted, listed
from handlers.checks.report.paragraphs import place_of as in_part
from handlers.checks.report.plan import placed, plan_tables
from handlers.checks.report.report import Passage, Report, passages
from handlers.checks.report.sections import authored
from handlers.document import Paragraph, Row
from handlers.findings import FRONT_SHEET, MARGIN, Findings, Where
from handlers.values.normalise import fold
from handlers.values.placeholders import instead_of, instructions

_QUOTES = "\"'“”‘’«"
_CLOSING = ('"', "”", "’", "»")
_OPENING = ("", ":", "\t", "|", ".", "_", "(")  # before a prompt that is one
_NUMBER = re.compile(r"^\s*\(?\d{1,2}(?:\.\d{1,2}){0,3}[.)]?\s+")
_SHOUTED = 6  # words of a line all in capitals that is a sentence


def fields_left(report: Report) -> frozenset[str]:
    """The keys of the front sheet's blanks in which template text was left."""
    return frozenset(
        field.key
        for passage in passages(report.front)
        if template_text(passage, report.shape.placeholders)
        for field in _beside_or_named(passage, report)
    )


def _beside_or_named(passage: Passage, report: Report) -> Iterator[Field]:
    """The blank whose label stands there, or else those that the template's words name: "INSERT
    NAME OF AGENCY"."""
    beside = field_beside(passage, report)
    if beside is not None:
        yield beside
        return
    plain = f" {fold(passage.text)} "
    for field in report.shape.front_sheet:
        if any(f" {fold(words)} " in plain for words in (field.label, *field.also)):
            yield field


def field_beside(passage: Passage, report: Report) -> Field | None:
    """The blank of the front sheet beside or under whose label a passage stands."""
    if passage.position >= report.outline.front:
        return None
    block = report.blocks[passage.position]
    over = report.blocks[passage.position - 1] if passage.position else None
    text = block.cells[0].text if isinstance(block, Row) and block.cells else passage.text
    if isinstance(over, Paragraph) and over.text.rstrip().endswith(":"):
        text = over.text
    plain = f"{fold(text)} "
    named = (
        (len(words), field)
        for field in report.shape.front_sheet
        for words in (field.label, *field.also)
        if plain.startswith(f"{fold(words)} ")
    )
    return max(named, key=lambda pair: pair[0], default=(0, None))[1]


def template_text(passage: Passage, phrases: tuple[str, ...]) -> bool | None:
    """Whether template text stands here: True where it does, False where it may be quoted, None
    where there is none."""
    if passage.paragraph.placeholder:
        return True
    if passage.paragraph.prompted and not passage.text.rstrip().endswith(":"):
        return True
    text = _NUMBER.sub("", passage.text.replace("’", "'"), count=1)
    found = [sure for phrase in phrases for sure in standing(text, phrase)]
    if phrases:  # a shape without any asks for none
        found += [sure for _, sure in instructions(text)]
    return any(found) if found else None


def left_in(text: str, phrases: tuple[str, ...]) -> str:
    """The sentence that says by which words it is found; "" where no phrase is known."""
    found = _look(text, phrases)
    return REFUSALS["template"]["needed"].says.format(look=found) if found else ""


def instead_in(text: str, phrases: tuple[str, ...], *, anonymous: bool = False) -> str:
    """What is to be written in its place, by its own words; "" where these do not say. `anonymous`
    as for `instead_of`."""
    look = _look(text, phrases)
    return instead_of(text.replace("’", "'"), look, anonymous=anonymous) if look else ""


def _look(text: str, phrases: tuple[str, ...]) -> str:
    plain = text.replace("’", "'")
    found = next((phrase for phrase in phrases if any(standing(plain, phrase))), "")
    return found or next((look for look, sure in instructions(plain) if sure), "")


def standing(text: str, phrase: str) -> Iterator[bool]:
    """Each place where a phrase stands as a template prints it, and whether that is certain.

    A phrase in brackets stands anywhere. One in capitals stands apart from other capitals: in a
    text all in capitals it is a sentence's. A prompt ("Click here to enter") begins with a capital
    a line, or what follows a label.
    """
    for found in _pattern(phrase).finditer(text):
        line = text[text.rfind("\n", 0, found.start()) + 1 :].partition("\n")[0]
        before = text[: found.start()].rstrip()[-1:]
        after = text[found.end() :].lstrip()[:1]
        if before in _QUOTES and before:
            yield False
        elif phrase.isupper():
            shouted = line.isupper() and len(line.split()) > _SHOUTED
            yield not shouted and after not in _CLOSING
        elif phrase[0] in "[<" or not phrase.islower() or _opens(found["phrase"], before):
            yield True


@lru_cache(maxsize=64)
def _pattern(phrase: str) -> re.Pattern[str]:
    words = re.escape(phrase)
    if phrase.isupper():
        return re.compile(rf"(?<!\w)(?P<phrase>{words})(?!\w)")
    return re.compile(rf"(?P<phrase>{words})", re.I if phrase.islower() else 0)


def _opens(prompt: str, before: str) -> bool:
    return prompt[0].isupper() and before in _OPENING


_SENTENCE = re.compile(r"(?<=[.!?;])\s|\n")
FRONT = "front-sheet-"  # how the rules of its blanks begin
ANY = 1000


def check_placeholders(report: Report, findings: Findings) -> None:
    """placeholder-left: `{place}` (", in paragraph 4 of this part", or nothing). Where something of
    the author's own has to stand there, to delete it is not said to be enough. Where the words may
    be quoted, a question. Not told again of a blank that was told as one."""
    told: dict[Where, list[bool]] = {}
    words: dict[Where, str] = {}
    fixes: dict[Where, list[str]] = {}
    counts: dict[Where, list[Counted]] = {}
    phrases = report.shape.placeholders
    place_of = placed(report)
    for one in counted(report):
        passage = one.passage
        sure = template_text(passage, report.shape.placeholders)
        if sure is None:
            continue
        field = field_beside(passage, report)
        place = place_of(passage)
        if field is not None:
            place = Where(section=f"{FRONT_SHEET}, {field.label}")
        if field is None or not _told_on_front(place, findings):
            told.setdefault(place, []).append(sure)
            words[place] = words.get(place) or left_in(passage.text, phrases)
            anonymous = _is_anonymous(place, report)
            fix = findings.fix_of(f"{FRONT}{field.key}") if field else ""
            fix = fix or instead_in(passage.text, phrases, anonymous=anonymous)
            fixes.setdefault(place, []).append(fix)
            if passage.row is None and passage.position >= report.outline.front:
                counts.setdefault(place, []).append(one)
    for text in report.traits.margins:
        if any(any(standing(text, phrase)) for phrase in phrases):
            told.setdefault(Where(section=MARGIN), []).append(True)
            words[Where(section=MARGIN)] = left_in(text, phrases)
            fixes.setdefault(Where(section=MARGIN), []).append(instead_in(text, phrases))
    for place, sures in told.items():
        if len(sures) > _told_as_blank(place, report, findings):
            severity: Severity | None = None if any(sures) else "question"
            own = set(fixes[place])
            fix = own.pop() if len(own) == 1 else REFUSALS["template"]["each"].fix
            fix = fix or _instead_of_deleting(place, report)
            where = in_part(counts[place]) if place in counts else ""
            said = words[place] and f"{words[place].removesuffix('.')}{where}."
            findings.add(
                "placeholder-left", place, severity, place=where, instead=said, instead_fix=fix
            )


def _is_anonymous(place: Where, report: Report) -> bool:
    """A section in which nobody signs: no real name belongs there."""
    signed = report.shape.sign_off.section if report.shape.sign_off else ""
    return any(s.heading == place.section and s.key != signed for s in report.shape.sections)


def _instead_of_deleting(place: Where, report: Report) -> str:
    """The fix where something has to stand in its place, "" where it may be deleted."""
    section = next((s for s in report.shape.sections if s.heading == place.section), None)
    if section is not None and section.empty_fix:
        text = "\n".join(p.text for p in authored(report, section.key))
        if not _left_without(text, report.shape.placeholders):
            return section.empty_fix
    on_sheet = (place.section or "").startswith(f"{FRONT_SHEET}, ")
    needed = section is not None or on_sheet or place.row is not None
    return REFUSALS["template"]["needed"].fix if needed else ""


def _left_without(text: str, phrases: Sequence[str]) -> str:
    """What is written beside lines of the template."""
    lines = (line for line in text.split("\n") if line.strip())
    return "".join(
        line for line in lines if not any(p.casefold() in line.casefold() for p in phrases)
    )


def _told_on_front(place: Where, findings: Findings) -> bool:
    """Whether a blank of the front sheet was told already."""
    return any(
        fault.rule.startswith(FRONT) and fault.where.section == place.section
        for fault in findings.faults()
    )


def _told_as_blank(place: Where, report: Report, findings: Findings) -> int:
    """How many blanks were told where template text stands, which is then told already."""
    count = 0
    for fault in findings.faults():
        here = place.section is not None and fault.where.section == place.section
        if fault.rule == "section-empty" and here:
            return ANY
        if fault.rule == "sign-off-missing" and here:
            count += 1 + fault.message.count(",") + fault.message.count(" and ")
        if fault.rule == "plan-missing" and place.row is not None and _in_plan(place, report):
            return ANY
        same = (fault.where.table, fault.where.row) == (place.table, place.row)
        if fault.rule.startswith("plan-") and same and place.row is not None:
            count += 1
    return count


def _in_plan(place: Where, report: Report) -> bool:
    plan = report.shape.plan
    return plan is not None and (place.section or "").split(", ")[0] == plan.label


def check_recommendations(report: Report, findings: Findings) -> None:
    """vague-recommendation. No placeholders."""
    vague = [fold(phrase) for phrase in report.shape.vague_phrases]
    told: set[Where] = set()
    place_of = placed(report)
    for passage in _recommendations(report):
        place, plain = place_of(passage), fold(passage.text)
        if place not in told and any(phrase in plain for phrase in vague):
            findings.add("vague-recommendation", place)
            told.add(place)


def check_prompts(report: Report, findings: Findings) -> None:
    """prompts-missing: `{missing}`, a list of what is not mentioned."""
    apart = list(_apart(report))
    for section in report.shape.sections:
        asked = [p for p in report.shape.prompts if p.section == section.key]
        own = [p.text for p in authored(report, section.key)]
        said = _Said((*own, *apart))
        missing = [p.says for p in asked if not any(map(said.mentions, p.words))]
        if missing and own:
            place = Where(section=section.heading)
            findings.add("prompts-missing", place, missing=listed(missing, "or"))


def _apart(report: Report) -> Iterator[str]:
    """What stands in no section that we know: what is mentioned there is mentioned."""
    for passage in passages(report.blocks):
        found = report.outline.at(passage.position)
        if (found is None or found not in report.outline.found) and not _listed(passage.text):
            yield passage.text


def _listed(text: str) -> bool:
    """A line of a contents list."""
    return without_page(text) is not None


class _Said:
    """What is said, whole and sentence by sentence."""

    def __init__(self, texts: Sequence[str]) -> None:
        self._whole = fold("\n".join(texts))
        self._sentences = [f" {fold(one)}" for text in texts for one in _SENTENCE.split(text)]

    def mentions(self, words: str) -> bool:
        """Whether a phrase stands there; or, of "record|file+read|seen", words that begin so, one
        of each group, in one sentence."""
        if "+" not in words and "|" not in words:
            return fold(words) in self._whole
        groups = [[f" {fold(one)}" for one in group.split("|")] for group in words.split("+")]
        return any(
            all(any(one in sentence for one in group) for group in groups)
            for sentence in self._sentences
        )


def _recommendations(report: Report) -> Iterator[Passage]:
    """The section's text, and the plan's rows where the plan stands elsewhere."""
    key = report.shape.recommendations_section
    yield from report.said(key)
    found = report.outline[key]
    plan = {item.row for table in plan_tables(report) for item in table.items}
    for passage in passages(report.blocks, report.outline.front):
        inside = found is not None and found.position <= passage.position < found.end
        if not inside and (passage.table, passage.row) in plan:
            yield passage
