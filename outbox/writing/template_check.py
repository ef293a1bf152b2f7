"""Tries every template of the board's own before a letter needs it, and says where a mistake
is."""

from __future__ import annotations

import re
import traceback
from collections.abc import Collection, Iterator
from contextlib import suppress
from dataclasses import dataclass, fields, is_dataclass
from datetime import UTC, datetime
from difflib import get_close_matches
from pathlib import Path

from jinja2 import Environment, TemplateError, TemplateNotFound, TemplateSyntaxError, UndefinedError
from jinja2.exceptions import SecurityError

from config.settings import Board
from outbox.writing.letter_marks import MarkUnknown
from outbox.writing.subject_line import LetterMalformed
from outbox.writing.templates import (
    SHIPPED_FOLDER,
    possible_template_names,
    template_environment,
    template_files,
)
from outbox.writing.writer import RECEIPT, LetterWriter

PREVIEW_HINT = "To see how a letter of a kind would read: `scr-intake letters preview KIND`"
_UNKNOWN = re.compile(r"(?:has no attribute |^)'([^']+)'(?: is undefined)?$")


@dataclass(frozen=True, slots=True)
class TemplateMistake:
    """`place` is such as "rejection.txt.j2, line 3"."""

    place: str
    says: str
    fix: str

    def __str__(self) -> str:
        return f"{self.place}: {self.says}"


def mistake_from_error(
    why: Exception, template: str, folders: Collection[Path], known: str = ""
) -> TemplateMistake:
    """What was raised by `template`. `folders` are those that templates lie in; `known` tells
    which facts the letter has."""
    match why:
        case TemplateSyntaxError():
            place = f"{why.name or template}, line {why.lineno}"
            return TemplateMistake(place, f"cannot be read: {str(why.message).rstrip('.')}.", _MEND)
        case LetterMalformed():
            says = why.sentence
            return TemplateMistake(f"{template}, line 1", _uncapitalised(says), why.fix)
        case MarkUnknown():
            return TemplateMistake(template, _uncapitalised(why.sentence), why.fix)
        case UnicodeDecodeError():
            return TemplateMistake(
                template, "is not text in UTF-8.", "Save it as plain text in UTF-8."
            )
    asks = isinstance(why, UndefinedError)
    return TemplateMistake(
        _place(why, template, folders), _says(why), known if asks and known else PREVIEW_HINT
    )


_MEND = "See to the braces and to the end of each if and for. " + PREVIEW_HINT


def _says(why: Exception) -> str:
    match why:
        case TemplateNotFound():
            return f'includes "{why.name}", which is not there.'
        case SecurityError():
            return "does what no template may do."
        case UndefinedError() if found := _UNKNOWN.search(str(why)):
            return f'asks for "{found[1]}", which this letter does not have.'
        case TemplateError():
            return f"cannot be used: {why}."
    return f"goes wrong ({type(why).__name__})."


def _place(why: Exception, template: str, folders: Collection[Path]) -> str:
    """The innermost template on the way to where it went wrong."""
    for frame in reversed(traceback.extract_tb(why.__traceback__)):
        for folder in folders:
            if Path(frame.filename).is_relative_to(folder):
                name = Path(frame.filename).relative_to(folder).as_posix()
                return f"{name}, line {frame.lineno}"
    return template


def _uncapitalised(sentence: str) -> str:
    return sentence[:1].lower() + sentence[1:]


_ID = "<scr.sample@board.example>"
_NOW = datetime(2010, 4, 1, 10, 15, tzinfo=UTC)

FolderStamp = tuple[tuple[str, int, int], ...]


class TemplateChecker:
    """Reads a board's own templates through."""

    def __init__(self, board: Board, writer: LetterWriter) -> None:
        self._board = board
        self._writer = writer
        self._stamp: FolderStamp | None = None
        self._found: tuple[TemplateMistake, ...] = ()

    def find_mistakes(self) -> tuple[TemplateMistake, ...]:
        """Everything that is not as it should be; none where the board has no words of its own."""
        folder = self._board.letters
        if folder is None:
            return ()
        if self._stamp != (stamp := _stamp(folder)):
            self._stamp = stamp
            self._writer.met.clear()
            self._found = tuple({slip.place: slip for slip in self._read(folder)}.values())
        met = (self._slip(why, name, folder) for name, why in self._writer.met.items())
        places = {slip.place for slip in self._found}
        return (*self._found, *(slip for slip in met if slip.place not in places))

    def _read(self, folder: Path) -> Iterator[TemplateMistake]:
        if not folder.is_dir():
            yield TemplateMistake(
                f"{folder}", "is not a folder.", "Make it, or take `letters` out of the settings."
            )
            return
        names = [path.relative_to(folder).as_posix() for path in template_files(folder)]
        known, templates = possible_template_names(), template_environment(self._board)
        for name in names:
            if name in known:
                yield from self._parsed(templates, name, folder)
            else:
                yield _strange(name, known)
        if set(names) & set(known):
            yield from self._tried(folder)

    def _parsed(self, templates: Environment, name: str, folder: Path) -> Iterator[TemplateMistake]:
        try:
            templates.get_template(name)
        except Exception as why:  # noqa: BLE001  a file may be anything
            yield self._slip(why, name, folder)

    def _tried(self, folder: Path) -> Iterator[TemplateMistake]:
        """Every sample of every kind. Ours alone are known to be good: a test sees to it."""
        # Drawing their pictures takes a while, which most boards need never wait for.
        from outbox.samples.drafts import RECEIPTS, SAMPLES

        for draft in SAMPLES.values():
            try:
                self._writer.write_in_own_words(draft, _ID, _NOW)
            except Exception as why:  # noqa: BLE001  a template may do anything
                yield self._slip(
                    why, self._writer.template_name(draft.kind), folder, _known(draft.facts)
                )
        for receipt in RECEIPTS:
            try:
                self._writer.receipt_in_own_words(receipt)
            except Exception as why:  # noqa: BLE001
                yield self._slip(why, self._writer.template_name(RECEIPT), folder, _known(receipt))

    def _slip(self, why: Exception, name: str, folder: Path, known: str = "") -> TemplateMistake:
        return mistake_from_error(why, name, (folder, SHIPPED_FOLDER), known)


def _known(facts: object) -> str:
    if not is_dataclass(facts):
        return ""
    return f"It has {', '.join(f'letter.{field.name}' for field in fields(facts))}."


def _strange(name: str, known: list[str]) -> TemplateMistake:
    near = get_close_matches(name, known, 1, 0.5)
    fix = f"If {near[0]} was meant, rename it; else" if near else "To keep it,"
    return TemplateMistake(
        name, "is the name of none of our templates.", f"{fix} move it elsewhere."
    )


def _stamp(folder: Path) -> FolderStamp:
    """The same for as long as no file has changed."""
    found = [(".", 0, int(folder.is_dir()))]
    for path in template_files(folder):
        with suppress(FileNotFoundError):  # taken away while we look
            stat = path.stat()
            found.append((path.as_posix(), stat.st_mtime_ns, stat.st_size))
    return tuple(found)
