"""The settings file: the shared example validates, and every slip is told at once."""

from __future__ import annotations

from datetime import time
from pathlib import Path

import pytest

import config
from config.mailbox_settings import ImapMailbox, MaildirSettings
from config.outbox_settings import FilesOutbox, SmtpOutbox
from config.settings import Settings, load_settings
from config.user_file import InvalidUserFile

SHIPPED = (Path(config.__file__).parent / "scr-intake.toml").read_text(encoding="utf-8")

BOARD = """
[board]
name          = "Shireshire Safeguarding Children Board"
administrator = { name = "The Administrator", email = "administrator@board.example" }
operator      = "it@board.example"
"""
OUTBOX = """
[outbox]
from      = "scr-returns@board.example"
transport = "files"
"""
IMAP = """
[[mailbox]]
kind           = "imap"
host           = "mail.board.example"
port           = 993
tls            = "implicit"
ca_file        = "ca.pem"
username       = "scr-returns@board.example"
password_file  = "keys/imap-password"
folder         = "INBOX"
authentication = "dmarc"
authserv_id    = "mx.board.example"
"""
SMTP = """
[outbox]
from          = "scr-returns@board.example"
transport     = "smtp"
host          = "mail.board.example"
port          = 587
tls           = "starttls"
username      = "scr-returns@board.example"
password_file = "keys/smtp-password"
ca_file       = "ca.pem"
"""


def loaded(folder: Path, text: str) -> Settings:
    path = folder / "scr-intake.toml"
    path.write_text(text, encoding="utf-8")
    return load_settings(path)


def problems(folder: Path, text: str) -> list[str]:
    with pytest.raises(InvalidUserFile) as refused:
        loaded(folder, text)
    return [str(problem) for problem in refused.value.problems]


def uncommented(text: str, first: str, last: str) -> str:
    """The lines from one to another, both commented, as if somebody took the marks away."""
    lines = text.splitlines()
    begin = next(n for n, line in enumerate(lines) if line.startswith(f"# {first}"))
    end = next(n for n, line in enumerate(lines) if n > begin and line.startswith(f"# {last}"))
    return "\n".join(line.removeprefix("# ") for line in lines[begin : end + 1])


def test_the_file_that_init_writes_is_the_embedded_default(tmp_path: Path) -> None:
    settings = loaded(tmp_path, SHIPPED)
    (mailbox,) = settings.mailbox
    assert isinstance(mailbox, MaildirSettings)
    assert isinstance(settings.outbox, FilesOutbox)
    assert [drop.name for drop in settings.drop_folders] == ["drop"]
    assert mailbox.authentication == "none"


def test_every_path_is_beside_the_file_wherever_the_command_is_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = loaded(tmp_path, SHIPPED)
    monkeypatch.chdir("/")
    assert isinstance(settings.outbox, FilesOutbox)
    mail = [box.path for box in settings.mailbox if isinstance(box, MaildirSettings)]
    storage = settings.storage
    paths = [storage.register_file, storage.vault, storage.keys, *mail]
    paths += [settings.drop_folders[0].path, settings.outbox.path]
    names = ["register.db", "vault", "keys", "mail", "drop", "sent"]
    assert paths == [tmp_path / name for name in names]


def test_an_absolute_path_stays_as_it_is(tmp_path: Path) -> None:
    settings = loaded(tmp_path, SHIPPED.replace('"register.db"', '"/srv/register.db"'))
    assert settings.storage.register_file == Path("/srv/register.db")


def test_a_mailbox_on_a_server_and_letters_by_smtp_are_understood(tmp_path: Path) -> None:
    settings = loaded(tmp_path, BOARD + IMAP + SMTP)
    (mailbox,) = settings.mailbox
    assert isinstance(mailbox, ImapMailbox)
    assert mailbox.password_file == tmp_path / "keys/imap-password"
    assert isinstance(settings.outbox, SmtpOutbox)
    assert settings.outbox.ca_file == tmp_path / "ca.pem"


def test_the_variants_in_comments_are_right_once_the_marks_are_taken_away(tmp_path: Path) -> None:
    imap = uncommented(SHIPPED, "[[mailbox]]", "authserv_id")
    smtp = uncommented(SHIPPED, "transport     =", "ca_file       = ")
    outbox = '[outbox]\nfrom = "scr-returns@board.example"\n' + smtp
    settings = loaded(tmp_path, f"{BOARD}\n{imap}\n{outbox}")
    assert [box.kind for box in settings.mailbox] == ["imap"]
    assert settings.outbox.transport == "smtp"


def test_a_way_of_their_own_for_some_letters_is_shown_rightly_too(tmp_path: Path) -> None:
    shown = uncommented(SHIPPED, "[[outbox.instead]]", "folder    =")
    (way,) = loaded(tmp_path, f"{BOARD}{OUTBOX}{shown}").outbox.instead
    assert (way.transport, way.kinds) == ("drafts", ("escalation",))


def test_there_is_a_sentence_above_every_option() -> None:
    lines = SHIPPED.splitlines()
    options = [n for n, line in enumerate(lines) if "=" in line and not line.startswith("# #")]
    options = [n for n in options if lines[n].lstrip("# ").split("=")[0].strip().isidentifier()]
    assert len(options) > 30
    # An option in a group (a server and its port) shares the sentence above the group.
    bare = [lines[n] for n in options if not lines[n - 1].startswith("#") and n - 1 not in options]
    assert bare == []


def test_everything_wrong_is_told_at_once_each_with_its_place(tmp_path: Path) -> None:
    told = problems(
        tmp_path,
        """
        colour = "red"
        [board]
        name          = ""
        marking       = "two\\nlines"
        secure_way    = "two\\nlines"
        reference     = ["SAR#-#", "N12", "#/#", "N# or (M#)",
                         "N######################################-#"]
        timezone      = "Europe/Nowhere"
        holidays      = "XX"
        administrator = { name = "The Administrator", email = "somebody" }
        [storage]
        register = ""
        [[mailbox]]
        kind = "pop3"
        [[mailbox]]
        path = "mail"
        [[mailbox]]
        kind           = "imap"
        port           = 99999
        authentication = "dmarc"
        [drop]
        mode           = "sometimes"
        settle_seconds = -1
        [outbox]
        from = "a@b.example, c@d.example"
        transport = "smtp"
        host = "mail.board.example"
        username = "somebody"
        [schedule]
        digest       = 8
        office_hours = { from = 18:00:00, to = 08:00:00 }
        scan_seconds = true
        """,
    )
    assert told == [
        "board, name: should not be empty",
        "board, marking: should be one line of plain characters",
        "board, secure_way: should be one line of plain characters",
        "board, timezone: should be a time zone, such as Europe/London",
        "board, holidays: should be 'ENG', 'SCT', 'WLS' or 'NIR'",
        "board, administrator, email: should be one e-mail address, such as name@agency.example",
        "board, operator is missing",
        "board, reference 2: should have a # where the number stands, such as SAR#-#",
        "board, reference 3: should have a letter of its own, such as the N of N#: dates have none",
        "board, reference 4: should be made of letters, figures, single spaces, - / and .,"
        " with # for a number and @ for a letter, such as SAR#-#",
        "board, reference 5: should be 40 characters at most",
        "storage, register: should name a file or folder",
        "mailbox 1, kind: should be 'maildir' or 'imap'",
        "mailbox 2, kind is missing",
        "mailbox 3, username is missing",
        "mailbox 3, password_file is missing: a username needs its password_file, oauth or m365",
        "mailbox 3, host is missing",
        "mailbox 3, port: should be 65535 or less",
        "mailbox 3, authserv_id is missing:"
        ' authentication = "dmarc" needs the name of who to believe',
        "drop, mode: should be 'events', 'poll' or 'auto'",
        "drop, settle_seconds: should be 0 or more",
        "outbox, password_file is missing: a username needs its password_file, oauth or m365",
        "outbox, from: should be one e-mail address, such as name@agency.example",
        "schedule, office_hours: should run forward: `from` is not before `to`",
        "schedule, digest: should be a time, such as 08:00:00 (no quotes)",
        "schedule, scan_seconds: should be a whole number",
        "colour is not a known key",
    ]


def test_no_value_of_the_file_is_repeated_which_might_be_a_password(tmp_path: Path) -> None:
    text = BOARD + OUTBOX
    for value in ('"it@board.example"', '"files"', '"scr-returns@board.example"'):
        told = problems(tmp_path, text.replace(value, '"hunter2"'))
        assert told
        assert "hunter2" not in " ".join(told)


@pytest.mark.parametrize("zone", ["Europe", "../../etc/passwd", "/etc/localtime", "", "Mars/Base"])
def test_what_is_not_a_time_zone_is_told_and_never_met_later(tmp_path: Path, zone: str) -> None:
    text = BOARD.replace("[board]", f'[board]\ntimezone = "{zone}"') + OUTBOX
    assert problems(tmp_path, text) == [
        "board, timezone: should be a time zone, such as Europe/London"
    ]


def test_a_digest_after_hours_would_never_go_out(tmp_path: Path) -> None:
    (told,) = problems(tmp_path, f"{BOARD}{OUTBOX}[schedule]\ndigest = 18:00:00\n")
    assert "never go out" in told


def test_what_is_left_out_has_a_sensible_default(tmp_path: Path) -> None:
    settings = loaded(tmp_path, BOARD + OUTBOX)
    assert settings.board.timezone == "Europe/London"
    assert settings.board.holidays == "ENG"
    assert settings.board.kinds is None
    assert settings.board.letters is None
    assert settings.schedule.office_hours.opens == time(8)
    assert settings.drop_folders == ()
    assert settings.mailbox == ()


def test_there_are_as_many_drop_folders_as_shares_each_with_a_name(tmp_path: Path) -> None:
    two = (
        '[[drop]]\nmode = "poll"\n[[drop]]\nname = "education"\npath = "share"\nannotate = false\n'
    )
    first, second = loaded(tmp_path, f"{BOARD}{OUTBOX}{two}").drop_folders
    assert (first.name, first.path, first.mode) == ("drop", tmp_path / "drop", "poll")
    assert (second.name, second.path) == ("education", tmp_path / "share")
    assert (second.mode, second.annotate) == ("auto", False)


@pytest.mark.parametrize(
    ("drops", "told"),
    [
        ('[drop]\nmode = "ears"\n', "drop, mode: "),
        ('[[drop]]\n[[drop]]\nname = "b"\npath = "b"\nmode = "ears"\n', "drop 2, mode: "),
        ('[[drop]]\n[[drop]]\npath = "b"\n', "drop: two have one name"),
        ('[[drop]]\n[[drop]]\nname = "b"\n', "drop: two have one path"),
        ('[drop]\nname = "mail-1"\n', "drop, name: "),
        ('[drop]\nname = "service"\n', "drop, name: "),
        ('[drop]\nname = "The Share"\n', "drop, name: "),
        ("drop = 3\n", "drop: "),
    ],
)
def test_what_is_wrong_with_a_drop_folder_is_told_with_its_place(
    tmp_path: Path, drops: str, told: str
) -> None:
    text = f"{drops}{BOARD}{OUTBOX}" if drops.startswith("drop") else f"{BOARD}{OUTBOX}{drops}"
    (problem,) = problems(tmp_path, text)
    assert problem.startswith(told)


def test_the_boards_own_folders_lie_beside_the_settings(tmp_path: Path) -> None:
    own = 'kinds = "our-kinds"\nletters = "our-words"\n'
    settings = loaded(tmp_path, f"{BOARD}{own}{OUTBOX}")
    assert settings.board.kinds == tmp_path / "our-kinds"
    assert settings.board.letters == tmp_path / "our-words"


def test_no_file_at_all_says_how_to_get_one(tmp_path: Path) -> None:
    with pytest.raises(InvalidUserFile, match=r"scr-intake init DIR"):
        load_settings(tmp_path / "nothing.toml")


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"[board\n", "it is not TOML: expected ']' at the end of a table declaration"),
        (b'name = "\xff"\n', "it is not text in UTF-8: byte 9 is not"),
    ],
)
def test_a_file_that_is_no_settings_file_says_so(tmp_path: Path, content: bytes, told: str) -> None:
    path = tmp_path / "scr-intake.toml"
    path.write_bytes(content)
    with pytest.raises(InvalidUserFile) as refused:
        load_settings(path)
    assert told in str(refused.value)


def test_a_file_that_cannot_be_read_says_why() -> None:
    with pytest.raises(InvalidUserFile, match="it cannot be read: input/output error"):
        load_settings(Path("/proc/self/mem"))
