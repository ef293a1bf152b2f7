"""The house: imports point left, every file says what it is, and the worker stays light."""

from __future__ import annotations

import ast
import builtins
import re
import subprocess
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
ROOMS = ("config", "intake", "handlers", "outbox", "commands")
# The console script's door is the one place that looks to the right.
DOOR = ("intake/__main__.py", "commands")
# The rooms within handlers, as `handlers/__init__.py` lists them.
WITHIN = (
    *(
        "context",
        "verdict",
        "findings",
        "in_order_parts",
        "values",
        "document",
        "fields",
        "sandbox",
        "scanning",
        "readers",
    ),
    *("checks", "comments", "judging", "register", "senders", "orders", "deliveries"),
)
# The rooms within commands, as `commands/__init__.py` lists them.
WITHIN_COMMANDS = ("composition", "decisions", "mail_orders", "rounds", "restoring")
MODULES = sorted(path for room in ROOMS for path in (ROOT / room).rglob("*.py"))
KNOWN = frozenset(MODULES)
LIMIT = 400  # lines; a file is read in one sitting


@cache
def parsed(path: Path) -> ast.Module:
    """Most tests ask about the same modules."""
    return ast.parse(path.read_text())


@cache
def nodes(path: Path) -> tuple[ast.AST, ...]:
    """Every node of a module."""
    return tuple(ast.walk(parsed(path)))


def imports(path: Path) -> Iterator[str]:
    """The top-level packages a module imports, also inside its functions."""
    for node in nodes(path):
        if isinstance(node, ast.Import):
            yield from (alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module.partition(".")[0]


def test_imports_point_left() -> None:
    wrong = [
        f"{path.relative_to(ROOT)} imports {name}"
        for path in MODULES
        for name in imports(path)
        if name in ROOMS
        and ROOMS.index(name) > ROOMS.index(path.relative_to(ROOT).parts[0])
        and (str(path.relative_to(ROOT)), name) != DOOR
    ]
    assert wrong == []


def test_within_handlers_too_each_room_imports_only_from_those_before_it() -> None:
    handlers = ROOT / "handlers"
    wrong = [
        f"{path.relative_to(ROOT)} imports {needed.relative_to(ROOT)}"
        for path in MODULES
        if path.is_relative_to(handlers) and path != handlers / "__init__.py"
        for needed in _ours(path)
        if needed.is_relative_to(handlers) and _room(needed) > _room(path)
    ]
    assert wrong == []


def _room(path: Path) -> int:
    return WITHIN.index(path.relative_to(ROOT / "handlers").parts[0].removesuffix(".py"))


def test_within_commands_too_each_room_imports_only_from_those_before_it() -> None:
    rooms = [ROOT / "commands" / name for name in WITHIN_COMMANDS]
    wrong = [
        f"{path.relative_to(ROOT)} imports {needed.relative_to(ROOT)}"
        for path in MODULES
        for place, room in enumerate(rooms)
        if path.is_relative_to(room)
        for needed in _ours(path)
        if any(needed.is_relative_to(later) for later in rooms[place + 1 :])
    ]
    assert wrong == []


def test_no_modules_import_each_other_in_a_circle() -> None:
    graph = {module: set(_ours(module)) for module in MODULES}
    while graph:
        free = [module for module, needs in graph.items() if not needs & graph.keys()]
        assert free, f"a circle among {sorted(str(m.relative_to(ROOT)) for m in graph)}"
        for module in free:
            del graph[module]


def _ours(path: Path) -> Iterator[Path]:
    for node in parsed(path).body:
        if isinstance(node, ast.ImportFrom) and node.module:
            for name in ["", *(alias.name for alias in node.names)]:
                found = ROOT.joinpath(*node.module.split("."), name).with_suffix(".py")
                module = ROOT.joinpath(*node.module.split(".")).with_suffix(".py")
                yield from (p for p in (found, module) if p in KNOWN and p != path)


@pytest.mark.parametrize("path", MODULES, ids=lambda p: str(p.relative_to(ROOT)))
def test_every_module_opens_by_saying_what_it_is(path: Path) -> None:
    assert ast.get_docstring(parsed(path)) or not path.read_text().strip()


def test_a_file_is_read_in_one_sitting() -> None:
    lines = {str(path.relative_to(ROOT)): len(path.read_text().splitlines()) for path in MODULES}
    assert [name for name, long in lines.items() if long > LIMIT] == []


def test_the_worker_never_loads_what_is_heavy_or_holds_secrets() -> None:
    """Failure mode 83; importing these would also cost every document its time."""
    code = (
        "import sys, handlers.sandbox.task as task; task.resolve_tasks(task.TASK_TABLE);"
        "heavy = {'pydantic', 'cryptography', 'imapclient', 'sqlite_utils', 'jinja2', 'docx',"
        " 'pysqlite3', 'watchdog'};"
        "print(sorted(heavy & {name.partition('.')[0] for name in sys.modules}))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"


# Where an error of the disk or the database is turned into words of ours, and want of room is asked
# about first (failure mode 115).
ASKS_FOR_ROOM = {
    "commands/composition/background_dispatcher.py",
    "commands/mail_orders/sending_originals.py",
    "commands/rounds/round_judging.py",
    "commands/once.py",
    "commands/composition/runtime.py",
    "intake/database.py",
    "intake/disk_errors.py",
    "intake/drop/shared_folder.py",
    "intake/source_claim.py",
    "intake/spool.py",
    "outbox/alerts/alert_channels.py",
    "outbox/due_letters.py",
    "outbox/sending/transport.py",
    "intake/journal.py",
}
# Where it need not be: only read, or not on our disk, or the system's own words are shown.
NEEDS_NO_ROOM = {
    "handlers/register/audit_log.py",  # says in the record that it could not
    "commands/decisions/plain_copies.py",  # deletes
    "commands/decisions/agency_folders.py",
    "commands/answers.py",
    "commands/backup.py",  # reads
    "commands/restoring/backup_told.py",  # reads
    "commands/rounds/nightly_look.py",  # reads
    "commands/rounds/round_upkeep.py",  # reads
    "commands/check.py",
    "commands/demo/command.py",
    "commands/composition/board_owner.py",
    "commands/digest.py",
    "commands/composition/health_file.py",
    "commands/init.py",
    "commands/preview.py",
    "outbox/digest/arrivals.py",  # reads
    "config/authorities.py",
    "config/case_file.py",
    "config/kind_loading.py",
    "config/ladder.py",
    "config/settings.py",
    "config/refused_access.py",  # looks
    "handlers/comments/copy.py",
    "handlers/judging/in_sandbox.py",
    "handlers/readers/libreoffice/converter.py",
    "handlers/readers/libreoffice/folder.py",
    "handlers/register/integrity.py",
    "intake/earlier_registers.py",  # reads
    "intake/backup.py",  # gives the disk's own words, with the step and the path
    "intake/drop/archive.py",
    "intake/drop/watcher.py",
    "intake/keys.py",
    "intake/maildir.py",
    "intake/safe_files.py",
    "intake/signatures/decryption_key.py",
    "intake/source_backlog.py",
    "outbox/alerts/storage_failure.py",
    "outbox/sending/mail_server.py",
    "outbox/sending/smtp.py",
}
_WORLD = {"OSError", "DatabaseError", "OperationalError"}


def _translates(path: Path) -> bool:
    """Whether a module catches an error of the disk or of the database."""
    caught = (
        node.type
        for node in nodes(path)
        if isinstance(node, ast.ExceptHandler) and node.type is not None
    )
    return any(
        getattr(name, "id", getattr(name, "attr", "")) in _WORLD
        for kind in caught
        for name in (kind.elts if isinstance(kind, ast.Tuple) else [kind])
    )


def test_whoever_words_an_error_of_the_disk_asks_about_room_first() -> None:
    """Failure mode 115. A new place belongs in one of the two lists above."""
    apart = (
        "handlers/sandbox",
        "handlers/scanning",
        "intake/imap",
        "intake/sign_in",
        "commands/doctor",
        "outbox/drafts",
    )
    places = {
        str(path.relative_to(ROOT))
        for path in MODULES
        if _translates(path) and not str(path.relative_to(ROOT)).startswith(apart)
    }
    assert places - NEEDS_NO_ROOM - ASKS_FOR_ROOM == set()
    silent = [place for place in ASKS_FOR_ROOM if "is_disk_full(" not in (ROOT / place).read_text()]
    assert silent == []


def test_no_table_is_made_anew_with_its_rows_in_it() -> None:
    """Failure mode 63: sqlite-utils' transform() drops the old table, and cascades with it."""
    calls = [
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for path in MODULES
        for node in nodes(path)
        if isinstance(node, ast.Attribute) and node.attr == "transform"
    ]
    assert calls == []


# Modules in several rooms may go by these: what each command is typed as, and the usual words.
MODULE_NAMES = {
    *("__main__", "alerts", "backup", "check", "command", "digest", "entries", "returns"),
    *("outgoing", "sources", "errors", "judge", "pdf", "answers", "body", "document", "facts"),
    *("fields", "headings", "notes", "paragraphs", "places", "time_requests", "wording"),
}


def test_a_module_is_found_by_its_name() -> None:
    names = Counter(path.stem for path in MODULES if path.name != "__init__.py")
    assert {name for name, times in names.items() if times > 1} <= MODULE_NAMES


def test_a_public_class_has_one_name_in_the_whole_house() -> None:
    names = Counter(
        node.name
        for path in MODULES
        for node in nodes(path)
        if isinstance(node, ast.ClassDef) and not node.name.startswith("_")
    )
    assert [name for name, times in names.items() if times > 1] == []


def test_a_packages_account_names_modules_that_are_there() -> None:
    """The rows of its table are one or several modules or rooms, and then what they do."""
    wrong = [
        f"{path.relative_to(ROOT)}: {name}"
        for path in MODULES
        if path.name == "__init__.py"
        for row in re.findall(r"^ {4,6}(\S.*?)  ", ast.get_docstring(parsed(path)) or "", re.M)
        for name in re.sub(r"\(.*", "", row).split(", ")
        if "`" not in name and " " not in name
        if not any((path.parent / f"{name}{end}").exists() for end in ("", ".py"))
    ]
    assert wrong == []


def test_a_public_class_is_told_in_more_than_a_fragment() -> None:
    """ "Decides." and "Reads them." say nothing to whoever comes upon the class by its name."""
    wrong = [
        f"{path.relative_to(ROOT)}: {node.name}"
        for path in MODULES
        for node in nodes(path)
        if isinstance(node, ast.ClassDef)
        and not node.name.startswith("_")
        and (told := ast.get_docstring(node))
        and len(told.split()) < 4
    ]
    assert wrong == []


def test_every_table_and_every_file_of_words_is_listed_where_a_newcomer_looks() -> None:
    account = ast.get_docstring(parsed(ROOT / "config" / "__init__.py")) or ""
    listed = {f"{name}.toml" for name in re.findall(r"^    (\w+)\.toml  ", account, re.M)}
    there = {path.name for path in (ROOT / "config").glob("*.toml")}
    assert listed == there - {"scr-intake.toml"}


# Equal by chance: each bounds something of its own.
CHANCE = {"POLL_SECONDS", "MAX_TITLE_WORDS", "MAX_HEADING_WORDS", "MAX_HEADING_LENGTH", "LONGEST"}


def test_a_constant_has_one_home() -> None:
    """The same name with the same value in two modules: to change one would leave the other."""
    homes: dict[tuple[str, str], list[str]] = defaultdict(list)
    for path in MODULES:
        for node in parsed(path).body:
            match node:
                case ast.Assign(targets=[ast.Name(id=name)], value=value):
                    if name.isupper() and not name.startswith("_"):
                        homes[name, ast.dump(value)].append(str(path.relative_to(ROOT)))
    twice = {name: at for (name, _), at in homes.items() if len(at) > 1}
    assert twice.keys() - CHANCE == set(), twice


# Back-ticked words that are nobody's name: an example, and words of other people's formats.
FOREIGN_WORDS = frozenset({"café", "nobrl", "backticks", "executescript", "keys_marks", "utils"})


def names_in(path: Path) -> Iterator[str]:
    """Every identifier of a module, and every word of its strings that are no docstrings."""
    docstrings = {
        id(node.body[0].value)
        for node in nodes(path)
        if isinstance(node, ast.Module | ast.FunctionDef | ast.ClassDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    for node in nodes(path):
        match node:
            case ast.Name(id=name) | ast.Attribute(attr=name) | ast.arg(arg=name):
                yield name
            case ast.FunctionDef(name=name) | ast.ClassDef(name=name):
                yield name
            case ast.alias(name=name):
                yield from name.split(".")
            case ast.keyword(arg=str(name)):
                yield name
            case ast.Constant(value=str(text)) if id(node) not in docstrings:
                yield from re.findall(r"\w+", text)


def test_a_name_in_back_ticks_is_a_name_that_exists() -> None:
    """A renaming that forgets the prose leaves a reader looking for what is not there."""
    known = {name for path in MODULES for name in names_in(path)} | set(sys.stdlib_module_names)
    known |= {part for path in MODULES for part in (path.stem, *path.relative_to(ROOT).parts)}
    known |= set(dir(builtins)) | FOREIGN_WORDS
    for pattern in ("config/**/*.toml", "*/schema/*.sql", "docs/examples/*.toml", "*.service"):
        for path in ROOT.glob(pattern):
            known |= set(re.findall(r"\w+", path.read_text()))
    wrong = [
        f"{path.relative_to(ROOT)}: {said[0]}"
        for path in MODULES
        for said in re.finditer(r"`([A-Za-z_][\w.]*)(?:\(\))?`", path.read_text())
        if set(said[1].split(".")) - known - {"py", "toml", "md"}
    ]
    assert wrong == []
