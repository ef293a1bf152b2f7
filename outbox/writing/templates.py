"""Finds the template of a letter, a board's own before those that ship.

A board's own run in Jinja2's sandbox and see nothing but the facts of a letter. A file of the same
name hides ours whole, in either form: with marks (`.md.j2`), which wins, or without (`.txt.j2`).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from jinja2 import (
    BaseLoader,
    Environment,
    FileSystemLoader,
    StrictUndefined,
    TemplateNotFound,
    pass_context,
    select_autoescape,
)
from jinja2.loaders import split_template_path
from jinja2.runtime import Context
from jinja2.sandbox import ImmutableSandboxedEnvironment

from config.english import possessive
from config.settings import Board
from outbox.writing.letter_marks import MarkText, fenced, literal
from outbox.writing.letter_passages import unwrapped_text_of_marks

SHIPPED_FOLDER = Path(__file__).parent.parent.parent / "config" / "letters"
MARKED_FORM, OLD_FORM = ".md.j2", ".txt.j2"
# What stands for a template in one form where there is only the other.
_TAKES_IN = {
    MARKED_FORM: '{{% filter fenced %}}{{% include "{}" %}}{{% endfilter %}}',
    OLD_FORM: '{{% filter unwrapped_text_of_marks %}}{{% include "{}" %}}{{% endfilter %}}',
}


@dataclass(frozen=True, slots=True)
class BoardFacts:
    """What every template may say of the board. `marking` is "OFFICIAL-SENSITIVE: ", or "";
    `secure_way` is how agencies send securely, in the board's own words, or ""."""

    name: str
    administrator: str
    marking: str
    secure_way: str


def board_facts(board: Board) -> BoardFacts:
    marking = f"{board.marking}: " if board.marking else ""
    return BoardFacts(board.name, board.administrator.name, marking, board.secure_way)


class LetterTemplateLoader(BaseLoader):
    """Finds a template by its name in either form. A file that has come, gone or changed is read
    anew."""

    def __init__(self, own: Path | None) -> None:
        self._folders = [own, SHIPPED_FOLDER] if own else [SHIPPED_FOLDER]

    def name_of(self, stem: str) -> str:
        """The name under which a letter or part is found: "rejection.md.j2"."""
        return f"{stem}{self._find(stem, (MARKED_FORM, OLD_FORM))[1]}"

    def get_source(
        self, environment: Environment, template: str
    ) -> tuple[str, str | None, Callable[[], bool]]:
        split_template_path(template)  # raises TemplateNotFound for one outside the folders
        stem, form = _stem_and_form(template)
        forms = (MARKED_FORM, OLD_FORM) if form else ("",)
        folder, found = self._find(stem, forms)

        def is_found_there() -> bool:
            try:
                return self._find(stem, forms) == (folder, found)
            except TemplateNotFound:
                return False

        if found != form:
            return _TAKES_IN[form].format(f"{stem}{found}"), None, is_found_there
        # Notepad may put a mark before the first letter.
        reader = FileSystemLoader(folder, "utf-8-sig")
        source, file, is_unchanged = reader.get_source(environment, template)
        return source, file, lambda: is_found_there() and is_unchanged()

    def list_templates(self) -> list[str]:
        names = {n for folder in self._folders for n in FileSystemLoader(folder).list_templates()}
        return sorted(names)

    def _find(self, stem: str, forms: tuple[str, ...]) -> tuple[Path, str]:
        for folder in self._folders:
            for form in forms:
                if (folder / f"{stem}{form}").is_file():
                    return folder, form
        raise TemplateNotFound(f"{stem}{forms[-1]}")


def _stem_and_form(name: str) -> tuple[str, str]:
    """ "rejection" and ".md.j2"; the name and "" for one that has no form, such as the page."""
    form = next((form for form in _TAKES_IN if name.endswith(form)), "")
    return name.removesuffix(form), form


@pass_context
def _stand_literally(context: Context, value: object) -> object:
    """Whatever is put between the marks of a template makes no mark, by nobody's remembering."""
    if isinstance(value, MarkText) or not str(context.name).endswith(MARKED_FORM):
        return value
    return literal(str(value))


_MAIL_LINK = re.compile(r"mailto:[A-Za-z0-9@.%_-]+\?subject=[A-Za-z0-9.%_-]+&body=[A-Za-z0-9.%_-]+")


def _mail_link(address: str) -> str:
    """The address of a link that writes a mail, which alone may be put in: it is plain ASCII and
    has a subject and a body, and nobody else to send to."""
    return MarkText(address) if _MAIL_LINK.fullmatch(address) else literal(address)


def template_environment(board: Board) -> Environment:
    """Where the board's letters are rendered."""
    made = ImmutableSandboxedEnvironment(
        loader=LetterTemplateLoader(board.letters),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=False,
        autoescape=select_autoescape(("html", "html.j2")),
        finalize=_stand_literally,
    )
    made.filters["possessive"] = possessive
    made.filters["fenced"] = fenced
    made.filters["mail_link"] = _mail_link
    made.filters["list_number"] = lambda number: MarkText(f"{int(number)}.")
    made.filters["unwrapped_text_of_marks"] = unwrapped_text_of_marks
    made.globals["board"] = board_facts(board)
    return made


def template_files(folder: Path) -> Iterator[Path]:
    """The files in a folder of templates, but for those that editors and systems leave there."""
    for path in sorted(folder.rglob("*")):
        if path.is_file() and not path.name.startswith(".") and not path.name.endswith("~"):
            yield path


def possible_template_names() -> list[str]:
    """The names that a template may have, such as "parts/closing.md.j2", each in both forms."""
    shipped = (
        path.relative_to(SHIPPED_FOLDER).as_posix() for path in template_files(SHIPPED_FOLDER)
    )
    found = map(_stem_and_form, shipped)
    return [f"{stem}{each}" for stem, form in found for each in (_TAKES_IN if form else ("",))]


def old_form_templates(folder: Path) -> tuple[list[str], list[str]]:
    """The names of the templates without marks that are used, and of those that are not, since
    the same is there with marks."""
    names = _template_names(folder)
    old = [name for name in names if name.endswith(OLD_FORM)]
    hidden = [name for name in old if f"{_stem_and_form(name)[0]}{MARKED_FORM}" in names]
    return [name for name in old if name not in hidden], hidden


def _template_names(folder: Path) -> list[str]:
    return [path.relative_to(folder).as_posix() for path in template_files(folder)]
