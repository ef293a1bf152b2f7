"""What is in the log: sentences, logfmt, JSON and the journal's own form, of a real round too."""

from __future__ import annotations

import json
import logging
import socket
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from commands.rounds.log_forms import EventHandler, EventLog, LogEvent
from config.monitoring_settings import LogForm, LogLevel
from tests.board import Board
from tests.commands.test_run import Listener, service
from tests.flow.test_nothing_leaks import ANYWHERE, canary_case, canary_chronology

AT = datetime(2010, 4, 1, 10, tzinfo=ZoneInfo("Europe/London"))
JUDGED = LogEvent(
    "document.judged",
    (("delivery", 12), ("kind", "chronology"), ("rules", ("date-missing", "unsigned"))),
)
TROUBLE = LogEvent("round.trouble", says='A "way" takes none.\nTry it.', level=LogLevel.WARNING)


@pytest.fixture
def listener(tmp_path: Path) -> Iterator[Listener]:
    listening = Listener(tmp_path / "notify")
    with listening.socket:
        yield listening


def log(form: LogForm, least: LogLevel = LogLevel.INFO, journal: Path = Path("none")) -> EventLog:
    return EventLog(form, least, lambda: AT, journal)


def test_a_sentence_is_all_that_people_read(capsys: pytest.CaptureFixture[str]) -> None:
    log(LogForm.SENTENCES).write(TROUBLE)
    log(LogForm.SENTENCES).write(JUDGED)
    assert capsys.readouterr().out == f"{TROUBLE.says}\n"


def test_an_event_is_one_line_of_logfmt_whatever_is_in_it(
    capsys: pytest.CaptureFixture[str],
) -> None:
    for event in (JUDGED, TROUBLE):
        log(LogForm.LOGFMT).write(event)
    assert capsys.readouterr().out.splitlines() == [
        "time=2010-04-01T10:00:00+01:00 level=info event=document.judged delivery=12"
        " kind=chronology rules=date-missing,unsigned",
        "time=2010-04-01T10:00:00+01:00 level=warning event=round.trouble"
        r' says="A \"way\" takes none.\nTry it."',
    ]


def test_an_event_is_one_object_of_json(capsys: pytest.CaptureFixture[str]) -> None:
    log(LogForm.JSON).write(JUDGED)
    assert json.loads(capsys.readouterr().out) == {
        "time": "2010-04-01T10:00:00+01:00",
        "level": "info",
        "event": "document.judged",
        "delivery": 12,
        "kind": "chronology",
        "rules": ["date-missing", "unsigned"],
    }


def test_the_journal_gets_fields_and_a_priority(tmp_path: Path) -> None:
    """Lines that break go with their length, as its protocol says."""
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as journal:
        journal.bind(str(tmp_path / "journal"))
        journal.settimeout(10)
        for event in (JUDGED, TROUBLE):
            log(LogForm.JOURNAL, journal=tmp_path / "journal").write(event)
        judged, trouble = journal.recv(4096), journal.recv(4096)
    assert b"SCR_INTAKE_EVENT=document.judged\nSCR_INTAKE_DELIVERY=12\n" in judged
    assert b"PRIORITY=6\n" in judged
    assert b"SCR_INTAKE_RULES=date-missing,unsigned\n" in judged
    says = TROUBLE.says.encode()
    assert trouble.startswith(b"MESSAGE\n" + len(says).to_bytes(8, "little") + says + b"\n")
    assert b"PRIORITY=4\n" in trouble


def test_where_there_is_no_journal_the_line_goes_to_standard_output(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    log(LogForm.JOURNAL, journal=tmp_path / "nowhere").write(JUDGED)
    assert "event=document.judged delivery=12" in capsys.readouterr().out


def test_what_weighs_less_than_asked_for_is_left_out(capsys: pytest.CaptureFixture[str]) -> None:
    for event in (JUDGED, TROUBLE):
        log(LogForm.LOGFMT, LogLevel.WARNING).write(event)
    assert [line.split()[2] for line in capsys.readouterr().out.splitlines()] == [
        "event=round.trouble"
    ]


def test_what_modules_log_has_the_same_form(capsys: pytest.CaptureFixture[str]) -> None:
    logger = logging.getLogger("tests.log_forms")
    handler = EventHandler(log(LogForm.LOGFMT))
    logger.addHandler(handler)
    try:
        logger.error("delivery %d: %s", 3, "handlers/judging.py, line 7")
    finally:
        logger.removeHandler(handler)
    assert 'level=error event=log logger=tests.log_forms says="delivery 3: handlers/judg' in (
        capsys.readouterr().out
    )


def test_the_service_tells_each_event_by_ids_kinds_and_rules_and_names_nobody(
    board: Board, listener: Listener
) -> None:
    """Failure mode 89."""
    board.load(canary_case())
    settings = board.folder / "scr-intake.toml"
    settings.write_text(settings.read_text() + '\n[log]\nform = "json"\n')
    board.drop("GP", canary_chronology(), "Plumduff.docx")
    board.mail(b"From: x@y.example\r\nSubject: Plumduff\r\n\r\nparsnips")
    with service(board, listener) as process:
        assert listener.heard() == "READY=1"
        told = list[dict[str, object]]()
        assert process.stdout is not None
        while not any(event["event"] == "letter.sent" for event in told):
            told.append(json.loads(process.stdout.readline()))
        process.terminate()
        rest, _ = process.communicate(timeout=30)
    told += [json.loads(line) for line in rest.splitlines()]
    judged = next(event for event in told if event["event"] == "document.judged")
    assert (judged["case"], judged["agency"], judged["kind"]) == ("N12", "GP", "chronology")
    assert judged["rules"], "which rules were broken"
    assert not [word for word in ANYWHERE if word.casefold() in str(told).casefold()]


def test_a_form_that_is_none_is_told_with_those_that_there_are(loaded: Board) -> None:
    settings = loaded.folder / "scr-intake.toml"
    settings.write_text(settings.read_text() + '\n[log]\nform = "xml"\n')
    refused = loaded.run("status")
    assert refused.status == 2
    assert "logfmt" in refused.err
