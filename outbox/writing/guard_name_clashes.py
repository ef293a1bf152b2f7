"""Finds words of our own letters that the guard would take for a subject's name (failure mode 90).

A template's sentence is looked at in the pieces that it is written in.
"""

from __future__ import annotations

import re
from calendar import day_name, month_name
from collections.abc import Iterable, Iterator
from pathlib import Path

from config.case_file import CaseFile
from config.kind import Kind, Kinds
from config.kind_parts import PART_PHRASES
from config.kind_shape import FormShape, ReportShape, TableShape
from config.rules import ARRIVAL_RULES, VALUE_REFUSALS
from config.settings import Board
from handlers.register.set_apart_reasons import SET_APART_REASONS
from outbox.writing.disclosure_guard import names_possibly_said, plain_text, says_name
from outbox.writing.letter import LETTER_NAMES
from outbox.writing.places import criteria_phrase, section_phrase
from outbox.writing.templates import MARKED_FORM, OLD_FORM, SHIPPED_FOLDER, template_files

MAX_SHOWN_CHARS = 90  # characters of a sentence that are shown
_TAG = re.compile(r"\{#.*?#\}|\{[{%].*?[}%]\}", re.S)
_QUOTED = re.compile(r'"([^"\n]*)"')


def subject_name_clashes(case: CaseFile, kinds: Kinds, board: Board) -> Iterator[str]:
    """A sentence for each subject whose name our own letters say: they would be stopped."""
    ours = [(plain_text(words), words) for words in letter_vocabulary(kinds, board)]
    ours += [(plain_text(words), words) for words in _of_case(case)]
    names = [subject.name for subject in case.subjects]
    possible = names_possibly_said((text for text, _ in ours), names)
    for subject in (one for one in case.subjects if one.name in possible):
        said = next((words for text, words in ours if says_name(text, subject.name)), None)
        if said is not None:
            yield (
                f'{case.reference}, the subject "{subject.name}": our own letters say that word, as'
                f' in "{_shortened(said)}". Every letter that does is stopped, of any case. Call'
                " the subject otherwise in the case file, as the terms of reference do, and load"
                " it again."
            )


def letter_vocabulary(kinds: Kinds, board: Board) -> Iterator[str]:
    """Everything that a letter may say of its own."""
    for kind in kinds.all:
        yield from (kind.title, kind.noun, kind.short)
        yield from _rules((rule.says, rule.fix) for rule in kind.rules.values())
        yield from _places(kind)
    yield from _rules((rule.says, rule.fix) for rule in ARRIVAL_RULES.values())
    for refusals in VALUE_REFUSALS.values():
        yield from _rules((r.says, r.fix, r.fix_in_table or "") for r in refusals.values())
    for phrases in PART_PHRASES.values():
        yield from phrases
    yield from (*SET_APART_REASONS.values(), *LETTER_NAMES.values(), *month_name[1:], *day_name)
    yield from (board.name, board.administrator.name, board.marking, board.secure_way)
    for folder in (SHIPPED_FOLDER, board.letters):
        yield from _templates(folder) if folder is not None and folder.is_dir() else ()


def _of_case(case: CaseFile) -> Iterator[str]:
    """Whom its letters name: the agencies and those who are written to."""
    for agency in case.agencies:
        yield from (agency.name, agency.code, *(contact.name for contact in agency.contacts))


def _rules(sentences: Iterable[tuple[str, ...]]) -> Iterator[str]:
    for each in sentences:
        yield from each


def _places(kind: Kind) -> Iterator[str]:
    """What its parts are called where something is found in them."""
    shape = kind.shape
    match shape:
        case TableShape():
            yield from (column.heading for column in shape.columns)
        case ReportShape():
            yield from (each.heading for each in shape.sections)
            yield from (column.heading for column in shape.plan.columns) if shape.plan else ()
            yield from (field.label for field in shape.front_sheet)
            yield from (prompt.says for prompt in shape.prompts)
        case FormShape():
            yield from (field.label for field in shape.fields)
            yield from (criteria_phrase([criterion.number], kind) for criterion in shape.criteria)
            yield from (*(criterion.text for criterion in shape.criteria), *shape.statements)
            yield from (section_phrase(name, kind) for name in shape.statement_names)
            yield from shape.answers


def _templates(folder: Path) -> Iterator[str]:
    """Their words in pieces: what stands between tags, and what is quoted inside of them."""
    for path in template_files(folder):
        if path.name.endswith((MARKED_FORM, OLD_FORM)):
            text = path.read_text(encoding="utf-8-sig", errors="replace")
            yield from (line.strip() for line in _TAG.sub("\n", text).splitlines() if line.strip())
            yield from (said for tag in _TAG.findall(text) for said in _QUOTED.findall(tag))


def _shortened(said: str) -> str:
    words = " ".join(said.split())
    return (
        words
        if len(words) <= MAX_SHOWN_CHARS
        else f"{words[:MAX_SHOWN_CHARS].rsplit(' ', 1)[0]} ..."
    )
