"""`scr-intake check`: what an author runs before sending, and what other tools read."""

from __future__ import annotations

import json
import shutil
from datetime import date
from pathlib import Path

import pytest

from tests import builders as build
from tests.board import CASE, scr_intake

AT = ("--at", "2010-04-01T10:00")
GP = build.make_chronology(build.STORIES["GP"])
BROKEN = build.with_cell(build.with_cell(GP, 14, "Date", "31/06/2007"), 40, "Time", "eve")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An author's own folder: a case file, some documents, and no settings at all."""
    (tmp_path / "case.toml").write_text(CASE)
    (tmp_path / "good.docx").write_bytes(GP)
    (tmp_path / "broken.docx").write_bytes(BROKEN)
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.usefixtures("folder")
class TestJudging:
    def test_a_document_in_order_is_told_so_with_status_0(self) -> None:
        ended = scr_intake("check", "good.docx", "--case", "case.toml", "--agency", "GP", *AT)
        assert ended.status == 0, ended.out
        assert ended.out.startswith("good.docx\n  Chronology: would be accepted\n")
        assert ended.err == ""

    def test_the_contract_of_its_json(self) -> None:
        words = ("--case", "case.toml", "--agency", "gp", "--json")
        ended = scr_intake("check", "broken.docx", "good.docx", *words, *AT)
        assert ended.status == 1
        broken, good = ended.json
        assert good == {
            "file": "good.docx",
            "documents": [
                {"name": "good.docx", "kind": "chronology", "verdict": "accept", "findings": []}
            ],
        }
        assert broken["file"] == "broken.docx"
        (document,) = broken["documents"]
        assert (document["kind"], document["verdict"]) == ("chronology", "reject")
        dated, timed = document["findings"]
        assert dated["where"] == {"table": 1, "row": 14, "column": "Date"}
        assert (dated["rule"], dated["severity"]) == ("date-invalid", "fault")
        assert (timed["rule"], timed["where"]["row"]) == ("time-invalid", 40)
        assert set(dated) == {"rule", "severity", "where", "message", "fix"}

    def test_another_agencys_document_would_be_held_as_the_board_holds_it(
        self, folder: Path
    ) -> None:
        """Failure mode 90: "would be accepted" of what the board then holds."""
        named = build.make_chronology(build.STORIES["POL"])
        (folder / "named.docx").write_bytes(named)
        form = build.make_qa_form(agency="Shire Police")
        (folder / "form.docx").write_bytes(form)
        words = ("--case", "case.toml", "--agency", "GP")
        for file in ("named.docx", "form.docx"):
            ended = scr_intake("check", file, *words, *AT)
            assert ended.status == 1
            assert "would be held" in ended.out

    def test_without_a_case_the_document_is_judged_alone(self) -> None:
        assert scr_intake("check", "good.docx", *AT).status == 0

    def test_the_case_brings_its_own_rules(self) -> None:
        Path("case.toml").write_text(CASE.replace("from = 2007-01-01", "from = 2009-01-01"))
        ended = scr_intake("check", "good.docx", "--case", "case.toml", "--json", *AT)
        rules = {f["rule"] for f in ended.json[0]["documents"][0]["findings"]}
        assert "date-outside-period" in rules

    def test_a_kind_can_be_insisted_on(self) -> None:
        ended = scr_intake("check", "good.docx", "--kind", "qa_form", "--json", *AT)
        assert ended.json[0]["documents"][0]["kind"] == "qa_form"

    def test_the_day_is_the_one_it_is_told(self) -> None:
        ended = scr_intake("check", "good.docx", "--at", "2009-06-01", "--json")
        rules = {f["rule"] for f in ended.json[0]["documents"][0]["findings"]}
        assert "date-future" in rules

    def test_a_message_is_opened_and_each_document_in_it_judged(self) -> None:
        papers = [
            ("a.docx", BROKEN),
            ("b.docx", build.make_statement(signed="A", dated=date(2010, 3, 31))),
        ]
        raw = build.mail("a@b.example", "c@d.example", "N12", "Attached.", papers)
        Path("mail.eml").write_bytes(raw)
        ended = scr_intake("check", "good.docx", "mail.eml", "--json", *AT)
        assert ended.status == 1
        documents = ended.json[1]["documents"]
        assert [d["name"] for d in documents] == ["attachment 1", "attachment 2"]
        assert [d["kind"] for d in documents] == ["chronology", "evaluation_statement"]

    def test_a_message_with_no_document_is_something_to_attend_to(self) -> None:
        Path("mail.eml").write_bytes(build.mail("a@b.example", "c@d.example", "N12", "Hello.", []))
        ended = scr_intake("check", "mail.eml", *AT)
        assert ended.status == 1
        assert "No document was found in it." in ended.out
        assert scr_intake("check", "mail.eml", "--json", *AT).json[0]["documents"] == []

    def test_what_is_no_document_is_judged_too_and_never_a_traceback(self) -> None:
        Path("empty.docx").write_bytes(b"")
        Path("junk.docx").write_bytes(bytes(range(256)) * 40)
        Path("cut.docx").write_bytes(GP[: len(GP) // 2])
        ended = scr_intake("check", "empty.docx", "junk.docx", "cut.docx", "--json", *AT)
        assert ended.status == 1
        assert [len(told["documents"]) for told in ended.json] == [1, 1, 1]
        assert all(told["documents"][0]["findings"] for told in ended.json)
        assert ended.err == ""

    def test_a_finding_is_located_and_not_quoted(self) -> None:
        Path("x.docx").write_bytes(build.with_cell(GP, 5, "Date", "Zebedee Quillfeather"))
        ended = scr_intake("check", "x.docx", *AT)
        assert "Row 5, Date" in ended.out
        assert "Zebedee" not in ended.out


@pytest.mark.usefixtures("folder")
class TestSlips:
    def test_all_of_them_are_told_at_once_with_status_2(self) -> None:
        Path("bad.toml").write_text(CASE.replace("2010-03-01", '"soon"'))
        Path("a folder").mkdir()
        files = ("good.docx", "nowhere.docx", "a folder", "/dev/null", "/proc/self/mem")
        ended = scr_intake("check", *files, "--case", "bad.toml", "--kind", "poem")
        assert ended.status == 2
        assert ended.out == ""
        assert [line.partition(" The kinds are")[0] for line in ended.err.splitlines()] == [
            "There is no file nowhere.docx.",
            "a folder is a folder. Name the files in it, such as a folder/*.docx.",
            "/dev/null is not a file with a document in it.",
            "/proc/self/mem cannot be read: Input/output error.",
            "The case in bad.toml cannot be loaded.",
            "  - decided: should be a date, such as 2010-04-16 (no quotes).",
            "poem is not a kind of return.",
        ]

    def test_a_wrong_kind_and_a_wrong_agency_are_told_together(self) -> None:
        words = ("--kind", "poem", "--agency", "XYZ", "--case", "case.toml")
        ended = scr_intake("check", "good.docx", *words)
        assert ended.status == 2
        kind, agency = ended.err.splitlines()
        assert kind.startswith("poem is not a kind of return. The kinds are chronology, imr,")
        assert agency == "XYZ is not an agency of N12. Its agencies are GP, POL."

    def test_an_agency_needs_a_case(self) -> None:
        ended = scr_intake("check", "good.docx", "--agency", "GP")
        assert (ended.status, ended.err) == (2, "--agency needs --case, which says who that is.\n")

    def test_settings_that_are_not_there_are_missed_only_when_they_were_named(self) -> None:
        assert scr_intake("check", "good.docx", *AT).err == ""
        ended = scr_intake("check", "good.docx", "--config", "nowhere.toml", "--json", *AT)
        assert ended.status == 0
        assert ended.err == "There are no settings in nowhere.toml; checking without.\n"

    def test_settings_that_cannot_be_used_are_not_passed_over(self, folder: Path) -> None:
        (folder / "scr-intake.toml").write_text("[board\n")
        assert scr_intake("check", "good.docx", *AT).status == 2


def test_nothing_is_left_behind(folder: Path) -> None:
    before = sorted(folder.iterdir())
    scr_intake("check", "good.docx", "broken.docx", *AT)
    assert sorted(folder.iterdir()) == before
    shutil.rmtree(folder)


def test_its_json_is_the_whole_of_what_it_prints(folder: Path) -> None:
    ended = scr_intake("check", folder / "good.docx", "--json", *AT)
    assert json.loads(ended.out)[0]["file"] == str(folder / "good.docx")
