"""A letter is looked up, not looked for (failure mode 118): what is due does not walk an agency's
letters, the guard opens no case file twice, and no header is worked out twice."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bench.register import AT, KINDS, RegisterSize, fill_register
from commands.composition.app import Application, open_application
from commands.global_options import GlobalOptions
from commands.init import make_board
from config.case_file import load_case_file
from config.kind_loading import load_kinds
from outbox.due.pending_answers import UnansweredDeliveries
from outbox.samples.drafts import ADMINISTRATOR, OPERATOR, SAMPLES
from outbox.writing.disclosure_guard import (
    DisclosureGuard,
    cases_possibly_named,
    names_other_case,
    names_possibly_said,
    plain_text,
    says_name,
)
from outbox.writing.letter import Draft
from outbox.writing.letter_text import parse_letter
from outbox.writing.writer import LetterWriter
from tests import builders as build
from tests.board import CASE, Board
from tests.each_case import each_case
from tests.outbox.conftest import BOARD, NOW, Desk

ALL_ASCII = "".join(map(chr, range(128)))
TEXTS = (
    "About Zebedee Quill's review", "ZEBEDEE\r\n QUILL", "Quill, Zebedee", "Zebedee-Quill.",
    "zebedeequill", "Z\u00e9b\u00e9d\u00e9e Quill", "Zebe\u00addee Quill", "xzebedee quill",
    "Child A", "A child's review", "Nothing of the kind", "", "N13/B and N12-2",
    "Fallprüfung n13\u20112", "SCR 2010", "in 2010",
)  # fmt: skip
PEOPLE = ("Zebedee Quill", "Zebedee  Quill", "Child A", "Child S", "Quill", "", "N13/B")
CASES = ("N13", "N12-2", "N13-2", "2010", "N12")


def test_what_is_due_takes_a_letter_by_what_it_answers(
    app: Application, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An agency with thousands of letters made each look take seconds."""
    steps, rows = list[str](), app.database.fetch_rows

    def explained(sql: str, *values: object) -> list[object]:
        steps.extend(step["detail"] for step in rows(f"EXPLAIN QUERY PLAN {sql}", *values))
        return rows(sql, *values)

    monkeypatch.setattr(app.database, "fetch_rows", explained)
    list(app.correspondence.draft_caused(app.now()))
    assert [s for s in steps if re.search(r"SEARCH t\b.*tells_by_delivery \(delivery_id", s)]
    assert [
        s for s in steps if "letters_by_agency" in s or re.search(r"SCAN (l|letters)\b", s)
    ] == []


def test_a_look_finds_a_days_letters_digests_and_doubts_by_an_index(
    app: Application, monkeypatch: pytest.MonkeyPatch
) -> None:
    """At 10,000 entries a third of a look was going through all of them for these."""
    plans, rows = dict[str, str](), app.database.fetch_rows

    def explained(sql: str, *values: object) -> list[object]:
        steps = [step["detail"] for step in rows(f"EXPLAIN QUERY PLAN {sql}", *values)]
        plans[sql] = "; ".join(map(str, steps))
        return rows(sql, *values)

    monkeypatch.setattr(app.database, "fetch_rows", explained)
    app.correspondence.queue_due_letters(app.now())
    app.queue.withdraw_digests(app.now())
    for words, index in (
        ("DISTINCT agency_id FROM letters WHERE told_on = ?", "letters_by_day"),
        ("kind = 'digest' AND +state = 'queued'", "digests"),
        ("reason = 'takes-back'", "entries_by_verdict"),
    ):
        found = [plan for sql, plan in plans.items() if words in sql]
        assert found and all(f"INDEX {index}" in plan for plan in found), (words, found)


def count_queries_of_a_look(app: Application, monkeypatch: pytest.MonkeyPatch) -> int:
    app.database.execute_change("UPDATE returns SET due = due WHERE id = 1")
    asked, rows = list[str](), app.database.fetch_rows

    def counting(sql: str, *values: object) -> list[object]:
        asked.append(sql)
        return rows(sql, *values)

    with monkeypatch.context() as patch:
        patch.setattr(app.database, "fetch_rows", counting)
        app.correspondence.queue_due_letters(app.now())
    return len(asked)


def test_a_look_asks_no_more_of_a_register_with_many_answered_returns(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The register of the benchmark: its returns are answered, or something else is measured."""
    queries = []
    for entries in (20, 200):
        folder = tmp_path / str(entries)
        make_board(folder)
        with open_application(GlobalOptions(folder / "scr-intake.toml", AT)) as app:
            fill_register(app, RegisterSize(1, 1, entries))
            assert list(app.correspondence.draft_caused(app.now())) == []
            queries.append(count_queries_of_a_look(app, monkeypatch))
    assert queries[0] == queries[1] > 0


def listed(board: Board) -> list[int]:
    with open_application(GlobalOptions(board.folder / "scr-intake.toml", None)) as app:
        return [row["origin_id"] for row in app.database.fetch_rows("SELECT * FROM unanswered")]


def test_what_everybody_was_told_is_looked_at_no_more_unless_it_is_called_back(
    loaded: Board,
) -> None:
    loaded.drop("GP", build.with_cell(build.make_chronology(build.STORIES["GP"]), 5, "Date", "May"))
    loaded.run("outbox", "pause")
    loaded.once()
    loaded.once(at="2010-04-01T10:20")
    assert listed(loaded) == []
    with open_application(GlobalOptions(loaded.folder / "scr-intake.toml", None)) as app:
        app.database.execute_change(
            "UPDATE letters SET state = 'called back', called_back = queued"
            " WHERE kind = 'rejection'"
        )
    assert len(listed(loaded)) == 1


def test_the_versions_of_an_agency_are_read_once_however_many_deliveries_wait(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A backlog of n deliveries read n versions n times."""
    folder = tmp_path / "board"
    make_board(folder)
    with open_application(GlobalOptions(folder / "scr-intake.toml", AT)) as app:
        fill_register(app, RegisterSize(1, 1, 30))
        app.database.execute_change("DELETE FROM tells")
        read, rows = list[str](), app.database.fetch_rows

        def counting(sql: str, *values: object) -> list[object]:
            read.extend([sql] if "e.return_id = ? AND e.position > 0" in sql else [])
            return rows(sql, *values)

        monkeypatch.setattr(app.database, "fetch_rows", counting)
        unanswered = UnansweredDeliveries(app.database, app.vault, app.register, load_kinds())
        assert len(list(unanswered.unanswered_deliveries(app.now()))) == 30
    assert 0 < len(read) <= len(KINDS)


def test_the_guard_opens_each_case_file_once_for_all_letters(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for n in range(30):
        file = tmp_path / "case.toml"
        file.write_text(CASE.replace('"N12"', f'"M{n}"').replace('"N12/A"', f'"M{n}/A"'))
        desk.register.cases.load_case(load_case_file(file, load_kinds()), NOW)
    counted, unseal = Counter[str](), desk.vault.unseal_bytes

    def counting(sealed: bytes, about: str) -> bytes:
        counted[about] += 1
        return unseal(sealed, about)

    monkeypatch.setattr(desk.vault, "unseal_bytes", counting)
    digest = Draft("digest/1", "digest", ADMINISTRATOR, None)
    for _ in range(5):
        DisclosureGuard(desk.register, ADMINISTRATOR, OPERATOR).check_message(
            digest, b"Subject: Yours\r\n\r\nWords.\r\n"
        )
    assert len(counted) <= 30
    assert set(counted.values()) <= {1}


def test_a_header_is_worked_out_once(monkeypatch: pytest.MonkeyPatch) -> None:
    from email import headerregistry

    worked, make = Counter[str](), headerregistry.BaseHeader.__new__

    def counting(cls: type, name: str, value: object) -> object:
        worked[f"{name}: {value}"] += 1
        return make(cls, name, value)

    monkeypatch.setattr(headerregistry.BaseHeader, "__new__", counting)
    draft = next(iter(SAMPLES.values()))
    writer, at = LetterWriter(BOARD, "scr@board.example"), datetime(2010, 4, 1, tzinfo=UTC)
    letter = parse_letter(writer.write(draft, "<once@board.example>", at))
    for _ in range(10):
        assert letter["To"].addresses
        assert letter["Subject"] and letter.get_content_type()
    assert worked
    assert max(worked.values()) <= 2  # as it was put in, and as it was read back


@each_case("text", TEXTS)
def test_whoever_is_named_in_a_text_is_found_in_all_of_them_together(text: str) -> None:
    """The quick look may find too much, and never too little."""
    texts = [plain_text(said) for said in ("Before.", text, "After: quill")]
    sure = {name for name in PEOPLE for said in texts if says_name(said, name)}
    assert sure <= set(names_possibly_said(texts, PEOPLE))
    told = {other for other in CASES for said in texts if names_other_case(said, "", [other])}
    assert told <= set(cases_possibly_named(texts, CASES))


@each_case("text", [*TEXTS, ALL_ASCII, ALL_ASCII + "\u00e9", "a\u0301 b", "\u200bA\u00adB"])
def test_a_text_is_made_plain_the_same_way_however_it_is_written(text: str) -> None:
    folded = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    seen = [c for c in folded if not unicodedata.combining(c) and unicodedata.category(c) != "Cf"]
    dashes = re.compile("[-\u2010\u2011]")
    assert dashes.sub("", plain_text(text)) == dashes.sub("", " ".join("".join(seen).split()))
