"""The recipes of docs/contributing.md, each followed in a copy of the packages: it works, and
touches no more files than the page says."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGES = ("config", "intake", "handlers", "outbox", "commands")
PAGE = (ROOT / "docs" / "contributing.md").read_text("utf-8")


class Copy:
    """The packages, to be changed; `touched` are the files that were."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.touched = set[str]()
        for name in PACKAGES:
            shutil.copytree(ROOT / name, root / name, ignore=shutil.ignore_patterns("__pycache__"))

    def put(self, name: str, text: str) -> None:
        """A new file, or more at the end of one."""
        path = self.root / name
        self.touched.add(name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text((path.read_text("utf-8") if path.exists() else "") + text, "utf-8")

    def insert(self, name: str, before: str, text: str) -> None:
        """Text before a place that stands once in a file."""
        whole = (self.root / name).read_text("utf-8")
        assert whole.count(before) == 1, (name, before)
        self.touched.add(name)
        (self.root / name).write_text(whole.replace(before, text + before), "utf-8")

    def run(self, *words: str, status: int = 0) -> str:
        """What Python prints where the copy is imported, and what tests share from the checkout."""
        path = os.pathsep.join((str(self.root), str(ROOT)))
        done = subprocess.run(
            [sys.executable, *words],
            cwd=self.root,
            env={**os.environ, "PYTHONPATH": path, "PYTHONDONTWRITEBYTECODE": "1"},
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == status, done.stdout + done.stderr
        return done.stdout


@pytest.fixture
def copy(tmp_path: Path) -> Copy:
    return Copy(tmp_path)


def steps_of(recipe: str) -> int:
    """How many numbered steps the page gives for a recipe."""
    return len(
        re.findall(r"^\d\.", PAGE.partition(f"## {recipe}\n")[2].partition("\n## ")[0], re.M)
    )


def add_check(copy: Copy) -> None:
    copy.insert(
        "config/checks.py",
        '    CheckSpec("leftovers", "columns"',
        '    CheckSpec("shouted", "columns", (RaisableRule("event-shouted"),)),\n',
    )
    copy.put(
        "config/kinds/chronology.toml",
        '\n[rules.event-shouted]\nseverity = "advice"\ntell = ["agency"]\n'
        'says = "It is written in capitals."\nfix = "Write it in small letters."\n'
        'source = "Our own wish"\n',
    )
    checks = "handlers/checks/table/cell_checks.py"
    copy.insert(
        checks,
        "# What each sort of column is asked.",
        "class ShoutedCellCheck:\n"
        "    def __init__(self, context: TableContext, column: int) -> None:\n"
        "        self._context, self._column = context, column\n\n"
        "    def check_entry(self, entry: TableEntry) -> None:\n"
        "        if entry.texts[self._column].isupper():\n"
        '            self._context.add_cell_finding("event-shouted", entry, self._column)\n\n\n',
    )
    copy.insert(checks, '    "yes_no": YesNoCellCheck,', '    "text": ShoutedCellCheck,\n')
    judged = (
        "from tests.chronologies import entry, judge, rules, table;"
        "said = [judge(table(entry(event=text))) for text in ('SEEN AGAIN.', 'Seen again.')];"
        "print([rules(each) for each in said])"
    )
    assert copy.run("-c", judged) == "[['event-shouted'], []]\n"


def add_form_check(copy: Copy) -> None:
    copy.insert(
        "config/checks.py",
        '    CheckSpec("ink", "fields"',
        '    CheckSpec("shouted", "fields", (RaisableRule("form-shouted"),)),\n',
    )
    copy.put(
        "config/kinds/qa_form.toml",
        '\n[rules.form-shouted]\nseverity = "advice"\ntell = ["agency"]\n'
        'says = "A line is written in capitals."\nfix = "Write it in small letters."\n'
        'source = "Our own wish"\n',
    )
    copy.insert(
        "handlers/checks/form/field_checks.py",
        "def check_ink(",
        "def check_shouted(sheet: FormSheet, context: Context, notes: Findings) -> None:\n"
        '    if any(passage.text == "SEEN AGAIN." for passage in sheet.passages):\n'
        '        notes.add("form-shouted")\n\n\n',
    )
    judged = (
        "from handlers.checks.form.judge import judge_form;"
        "from handlers.document import Paragraph, Traits;"
        "from tests.handlers.checks.form.specimen import CONTEXT, kind, qa_form;"
        "said = [judge_form([*qa_form(), Paragraph(text)], Traits(), kind('qa_form'), CONTEXT)"
        " for text in ('SEEN AGAIN.', 'Seen again.')];"
        "print([[f.rule for f in each.findings if f.rule == 'form-shouted'] for each in said])"
    )
    assert copy.run("-c", judged) == "[['form-shouted'], []]\n"


def add_command(copy: Copy) -> None:
    copy.put(
        "commands/weekday.py",
        '"""`scr-intake weekday`: which day of the week it is."""\n\n'
        "from zoneinfo import ZoneInfo\n\nimport click\n\n"
        "from commands.composition.clock import make_clock\n"
        "from commands.global_options import GlobalOptions\n\n\n"
        "@click.command()\n@click.pass_obj\ndef weekday(asked: GlobalOptions) -> None:\n"
        '    """Show the day of the week."""\n'
        "    click.echo(f\"{make_clock(ZoneInfo('Europe/London'), asked.at)():%A}\")\n",
    )
    copy.insert(
        "commands/program.py",
        '    CommandEntry("demo"',
        '    CommandEntry("weekday", "commands.weekday", "Show the day of the week."),\n',
    )
    copy.put(
        "tests/commands/test_weekday.py",
        "from click.testing import CliRunner\n\nfrom commands.program import program\n\n\n"
        "def test_the_day_is_shown():\n"
        "    done = CliRunner().invoke(program, ['weekday', '--at', '2010-04-19T10:00'])\n"
        "    assert done.output == 'Monday\\n'\n",
    )
    assert "weekday" in copy.run("-m", "intake", "--help")
    assert copy.run("-m", "intake", "weekday", "--at", "2010-04-19T10:00") == "Monday\n"
    copy.put("pytest.ini", "[pytest]\naddopts = --import-mode=importlib\n")
    copy.touched.remove("pytest.ini")
    assert "1 passed" in copy.run("-m", "pytest", "-q", "tests/commands/test_weekday.py")


def add_transport(copy: Copy) -> None:
    copy.put(
        "outbox/sending/single_file.py",
        '"""Letters written one below the other into a single file."""\n\n'
        "from pathlib import Path\n\nfrom outbox.writing.letter import Letter\n\n\n"
        "class SingleFileTransport:\n"
        "    def __init__(self, path: Path, name: str) -> None:\n"
        "        self.name, self._path = name, path\n\n"
        "    def open(self) -> None: ...\n\n"
        "    def send(self, letter: Letter) -> None:\n"
        '        with self._path.open("ab") as file:\n            file.write(letter.message)\n\n'
        "    def disconnect(self) -> None: ...\n",
    )
    settings = "config/outbox_settings.py"
    copy.insert(
        settings,
        "class LetterKindFilter(",
        "class SingleFileTransportSettings(StrictModel):\n"
        '    transport: Literal["single-file"]\n    path: RelativePath\n\n\n',
    )
    copy.insert(
        settings,
        "Outbox = Annotated[",
        "class SingleFileOutbox(OutboxSettings, SingleFileTransportSettings):\n    pass\n\n\n",
    )
    copy.insert(settings, "FilesOutbox | SmtpOutbox | DraftsOutbox, Field", "SingleFileOutbox | ")
    copy.insert(
        settings,
        "FilesTransportSettings | SmtpTransportSettings | D",
        "SingleFileTransportSettings | ",
    )
    opening = "commands/composition/transports.py"
    copy.insert(opening, "    SmtpTransportSettings,\n    T", "    SingleFileTransportSettings,\n")
    copy.insert(
        opening,
        "        case FilesTransportSettings():",
        "        case SingleFileTransportSettings():\n"
        "            return SingleFileTransport(way.path, name)\n",
    )
    copy.insert(
        opening,
        "from outbox.sending.smtp import",
        "from outbox.sending.single_file import SingleFileTransport\n",
    )
    copy.put(
        "send.py",
        "from pathlib import Path\nfrom pydantic import TypeAdapter\n"
        "from commands.composition.transports import build_transport\n"
        "from config.outbox_settings import Outbox\n"
        "from tests.outbox.test_transports import LETTER\n"
        "asked = {'transport': 'single-file', 'path': 'all', 'from': 'lscb@board.example'}\n"
        "context = {'folder': Path.cwd()}\n"
        "way = TypeAdapter(Outbox).validate_python(asked, context=context)\n"
        "made = build_transport(way, way.sender, None)\n"
        "for _ in range(2):\n    made.open()\n    made.send(LETTER)\nmade.disconnect()\n"
        "print(way.path.read_bytes() == 2 * LETTER.message)\n",
    )
    copy.touched.remove("send.py")
    assert copy.run("send.py") == "True\n"


EXPORTED_MAIL = '''"""A folder into which another program exports messages, one `.eml` file each."""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from intake.source import (
    DealtWithItem, DeliveryForm, HeldItem, ItemVanished, Outcome, PartBeginning, PastContents,
    SourceOffer, SourceUnavailable, StrayItem, WithdrawnCopy, release_one_by_one,
)


class ExportedMail:
    form = DeliveryForm.MESSAGE
    proves_agency = False
    remote = False

    def __init__(self, name: str, folder: Path, mark: Callable[[bytes], str]) -> None:
        self.name, self._folder, self._mark = name, folder, mark

    def _file(self, place: str) -> Path:
        found = (each for each in self._files() if self._mark(each.name.encode()) == place)
        return next(found, self._folder / "gone")

    def _files(self) -> list[Path]:
        try:
            return [each for each in sorted(self._folder.iterdir()) if each.suffix == ".eml"]
        except OSError as why:
            raise SourceUnavailable from why

    @contextmanager
    def claimed_exclusively(self) -> Iterator[None]:
        yield

    def list_offers(self) -> Iterable[SourceOffer]:
        return [SourceOffer(self._mark(each.name.encode())) for each in self._files()]

    def describe_offers(self, offers: Sequence[SourceOffer]) -> list[SourceOffer]:
        return list(offers)

    def find_past_contents(
        self, known: Collection[str], before: datetime
    ) -> Iterable[PastContents]:
        return ()

    def set_beginning(self, part: str, beginning: PartBeginning) -> None: ...

    def read_content(self, offer: SourceOffer) -> bytes:
        try:
            return self._file(offer.place).read_bytes()
        except FileNotFoundError as why:
            raise ItemVanished from why

    def list_dealt_with(self, since: datetime) -> Iterable[DealtWithItem]:
        return ()

    def list_strays(self) -> list[StrayItem]:
        return []

    def release_item(self, place: str, content: str, outcome: Outcome) -> None:
        file = self._file(place)
        if file.exists() and self._mark(file.read_bytes()) == content:
            file.unlink()

    def release_items(self, held: Sequence[HeldItem]) -> list[Exception | None]:
        return release_one_by_one(self.release_item, held)

    def remove_copies(self, withdrawn: WithdrawnCopy) -> int:
        files = [each for each in self._files() if withdrawn.is_withdrawn(each.read_bytes())]
        for each in files:
            each.unlink()
        return len(files)
'''


def add_source(copy: Copy) -> None:
    copy.put("intake/exported_mail.py", EXPORTED_MAIL)
    settings = "config/mailbox_settings.py"
    copy.insert(
        settings,
        "MailboxSettings = Annotated[",
        "class ExportSettings(StrictModel):\n"
        '    kind: Literal["export"]\n    folder: RelativePath\n'
        '    authentication: Literal["none"] = "none"\n    since: StrictDate | None = None\n\n\n',
    )
    copy.insert(settings, "MaildirSettings | ImapMailbox, Field", "ExportSettings | ")
    opening = "commands/composition/sources.py"
    copy.insert(
        opening,
        "        if isinstance(box, MaildirBox):",
        "        if isinstance(box, ExportSettings):\n"
        "            yield ExportedMail(source_name(n), box.folder, mark)\n            continue\n",
    )
    copy.insert(opening, "FilingSettings, ImapMailbox, MailboxSettings\n", "ExportSettings, ")
    copy.insert(
        opening,
        "from intake.imap.connection import",
        "from intake.exported_mail import ExportedMail\n",
    )
    copy.run("-m", "intake", "init", "board")
    made = copy.root / "board" / "scr-intake.toml"
    head, _, rest = made.read_text("utf-8").partition("[[mailbox]]\n")
    rest = rest[rest.index("\n[") :] if "\n[" in rest else ""
    made.write_text(f'{head}[[mailbox]]\nkind = "export"\nfolder = "exported"\n{rest}', "utf-8")
    (copy.root / "board" / "exported").mkdir()
    message = "From: author@meadowlane.example\nSubject: made up\n\nHere it is.\n"
    (copy.root / "board" / "exported" / "1.eml").write_text(message, "utf-8")
    service = ("-m", "intake", "--config", "board/scr-intake.toml")
    case = str(ROOT / "docs" / "examples" / "case-n12.toml")
    copy.run(*service, "case", "load", case, "--at", "2010-03-02T09:00")
    told = copy.run(*service, "once", "--at", "2010-03-02T10:00", status=1)  # she looks at it
    assert "Taken in: 1." in told
    assert list((copy.root / "board" / "exported").iterdir()) == [], "it was let go"


@pytest.mark.parametrize(
    ("recipe", "follow", "files"),
    [
        ("Add a check", add_check, 3),
        ("Add a check", add_form_check, 3),
        ("Add a source", add_source, 3),
        ("Add a command", add_command, 3),
        ("Add a transport", add_transport, 3),
    ],
)
def test_a_recipe_works_and_touches_the_files_that_it_names(
    copy: Copy, recipe: str, follow: Callable[[Copy], None], files: int
) -> None:
    follow(copy)
    assert len(copy.touched) == files == steps_of(recipe), copy.touched
