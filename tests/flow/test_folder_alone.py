"""An agency that works by folder alone: what it drops, and what it finds beside it."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest

from outbox.due.receipts import ReceiptLog
from tests import builders as build
from tests.board import Board
from tests.handlers.comments.test_annotating import comments

GOOD = build.make_chronology(build.STORIES["GP"])
TO_MEND = build.with_cell(GOOD, 14, "Date", "31/06/2007")
LATER = "2010-04-02T10:00"


def files(board: Board, folder: str) -> dict[str, bytes]:
    """Everything in a folder of the drop folder, by its path in it."""
    root = board.folder / "drop" / folder
    return {str(p.relative_to(root)): p.read_bytes() for p in root.rglob("*") if p.is_file()}


def receipt(board: Board, at: str = "GP/returned/chronology.docx.receipt.txt") -> str:
    text = (board.folder / "drop" / at).read_bytes().decode("utf-8-sig")
    assert text.count("\r\n") == text.count("\n"), "Notepad of old needs both"
    return " ".join(text.split())


def test_what_is_accepted_is_receipted_and_kept_aside(loaded: Board) -> None:
    loaded.drop("GP", GOOD)
    loaded.once()
    assert files(loaded, "GP").keys() == {
        "done/2010-04-01/chronology.docx",
        "returned/chronology.docx.receipt.txt",
    }
    said = receipt(loaded)
    assert said.startswith("Receipt 1 Shireshire Safeguarding Children Board has received")
    assert "Meadow Lane Surgery's chronology for review N12, at 10:00am on Thursday 1 April" in said
    assert "Chronology: accepted, thank you" in said
    assert "Nothing now. Thank you." in said


def test_what_needs_changes_comes_back_with_comments_to_the_very_folder(loaded: Board) -> None:
    loaded.drop("GP/N12", TO_MEND)
    loaded.once()
    found = files(loaded, "GP/N12")
    assert found["done/2010-04-01/chronology.docx"] == TO_MEND, "the original is as it was"
    assert [c.on for c in comments(found["returned/chronology (our comments).docx"])] == [
        "31/06/2007"
    ]
    said = receipt(loaded, "GP/N12/returned/chronology.docx.receipt.txt")
    assert "Row 14, Date. 31/06/2007 is not a day in the calendar." in said
    assert "Beside this receipt lies a copy of your document" in said
    assert not (loaded.folder / "drop" / "GP" / "returned").exists()
    assert set(files(loaded, "POL")) == set()


def test_the_copy_never_goes_by_mail(loaded: Board) -> None:
    loaded.drop("GP", TO_MEND)
    loaded.once()
    assert loaded.answers(), "the letter goes by mail all the same"
    for letter in loaded.sent():
        files = [part.get_filename() for part in letter.iter_attachments()]
        assert files == ([] if letter["X-SCR-Intake"] != "digest" else ["deadlines.ics"])
        assert b"PK\x03\x04" not in letter.as_bytes()


def test_copies_can_be_turned_off(loaded: Board) -> None:
    settings = loaded.folder / "scr-intake.toml"
    settings.write_text(settings.read_text().replace("annotate = true", "annotate = false"))
    loaded.drop("GP", TO_MEND)
    loaded.once()
    assert "returned/chronology (our comments).docx" not in files(loaded, "GP")
    assert "Beside this receipt" not in receipt(loaded)


def test_what_is_no_word_document_gets_a_receipt_and_no_copy(loaded: Board) -> None:
    loaded.drop("GP", b"", "empty.docx")
    os.utime(loaded.folder / "drop" / "GP" / "empty.docx", (0, 0))  # nobody is writing it
    loaded.once()
    assert "returned/empty.docx.receipt.txt" in files(loaded, "GP")
    assert len(files(loaded, "GP")) == 2


def test_what_was_put_back_is_not_taken_in_and_not_put_back_again(loaded: Board) -> None:
    loaded.drop("GP", TO_MEND)
    loaded.once()
    before = files(loaded, "GP")
    assert loaded.once(at=LATER).out.count("Taken in") == 0
    assert files(loaded, "GP") == before


def test_what_an_agency_cleared_away_does_not_come_back(loaded: Board) -> None:
    loaded.drop("GP", GOOD)
    loaded.once()
    (loaded.folder / "drop" / "GP" / "returned" / "chronology.docx.receipt.txt").unlink()
    loaded.once(at=LATER)
    assert files(loaded, "GP").keys() == {"done/2010-04-01/chronology.docx"}


def test_a_crash_after_writing_and_before_remembering_leaves_one_of_each(
    loaded: Board, monkeypatch: pytest.MonkeyPatch
) -> None:
    actual = ReceiptLog.record_outcome
    for what in ("copy", "receipt"):

        def crashes(self: ReceiptLog, *values: Any, at: str = what) -> None:
            if values[2] == at:
                raise RuntimeError
            actual(self, *values)

        loaded.drop("GP", build.with_cell(TO_MEND, 20, "Time", f"1{len(what)}:00"), f"{what}.docx")
        monkeypatch.setattr(ReceiptLog, "record_outcome", crashes)
        loaded.once()
        monkeypatch.undo()
        loaded.once()
    assert sorted(name for name in files(loaded, "GP") if "returned" in name) == [
        "returned/copy (our comments).docx",
        "returned/copy.docx.receipt.txt",
        "returned/receipt (our comments).docx",
        "returned/receipt.docx.receipt.txt",
    ]


def test_a_folder_that_cannot_be_written_waits_and_stops_nothing(
    loaded: Board, tmp_path: Path
) -> None:
    """Promise 6; failure mode 22: what stands where our folder should be may lead anywhere."""
    loaded.drop("GP", GOOD)
    loaded.drop("POL", build.make_chronology(build.STORIES["POL"]))
    (tmp_path / "elsewhere").mkdir()
    (loaded.folder / "drop" / "GP" / "returned").symlink_to(tmp_path / "elsewhere")
    ended = loaded.once()
    assert "A receipt could not be put into the drop folder yet." in ended.err
    assert "returned/chronology.docx.receipt.txt" in files(loaded, "POL")
    assert len(loaded.answers()) == 1, "the letter does not wait for it"
    assert not list((tmp_path / "elsewhere").iterdir())
    (loaded.folder / "drop" / "GP" / "returned").unlink()
    loaded.once(at=LATER)
    assert "returned/chronology.docx.receipt.txt" in files(loaded, "GP")


def test_a_bug_of_ours_in_one_receipt_stops_no_other(
    loaded: Board, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Promise 6."""
    actual = ReceiptLog.recorded_outcome

    def stumbles(self: ReceiptLog, delivery_id: int, *rest: Any) -> Any:
        if delivery_id == 1:
            raise LookupError("Jane Canary")
        return actual(self, delivery_id, *rest)

    loaded.drop("GP", GOOD)
    loaded.drop("POL", build.make_chronology(build.STORIES["POL"]))
    monkeypatch.setattr(ReceiptLog, "recorded_outcome", stumbles)
    ended = loaded.once()
    assert ended.err == "A receipt was not written: LookupError.\n"
    assert "returned/chronology.docx.receipt.txt" in files(loaded, "POL")


def test_a_receipt_is_given_up_after_days_and_not_for_ever_told(loaded: Board) -> None:
    loaded.drop("GP", GOOD)
    (loaded.folder / "drop" / "GP" / "returned").symlink_to("done")
    for at in ("2010-04-01T10:00", "2010-04-07T10:00"):
        assert "A receipt" in loaded.once(at=at).err
    assert "A receipt" not in loaded.once(at="2010-04-07T11:00").err


def test_what_is_held_is_not_spoken_of(loaded: Board) -> None:
    """`returns.md`: danger is nothing to the agency until a person decides."""
    loaded.drop("GP", build.ole_object(GOOD))
    loaded.once()
    assert files(loaded, "GP").keys() == {"done/2010-04-01/chronology.docx"}


def test_a_wrong_ending_is_advice(loaded: Board) -> None:
    """`returns.md`: judged by content. The name says no more than that."""
    loaded.drop("GP", GOOD, "chronology.pdf")
    loaded.once()
    said = receipt(loaded, "GP/returned/chronology.pdf.receipt.txt")
    assert "Chronology: accepted, thank you We hold version 1 of your chronology" in said
    assert "One thing you may like to know" in said


def test_a_zip_is_answered_in_one_receipt_and_has_no_copy(loaded: Board) -> None:
    loaded.drop(
        "GP", build.zipped([("a.docx", TO_MEND), ("b.docx", build.make_qa_form())]), "all.zip"
    )
    loaded.once()
    assert files(loaded, "GP").keys() == {
        "done/2010-04-01/all.zip",
        "returned/all.zip.receipt.txt",
    }


def test_a_folder_of_no_agency_gets_nothing_and_is_named_nowhere(loaded: Board) -> None:
    """Promise 7: somebody may name it after a child."""
    loaded.drop("Zebedee Quillfeather", GOOD)
    said = [loaded.once(), loaded.run("status"), loaded.once(at="2010-04-06T10:00")]
    assert files(loaded, "Zebedee Quillfeather").keys() == {"done/2010-04-01/chronology.docx"}
    assert all("Quillfeather" not in ended.out + ended.err for ended in said)
    for path in loaded.folder.glob("register.db*"):
        assert b"Quillfeather" not in path.read_bytes()
    assert all(b"Quillfeather" not in letter.as_bytes() for letter in loaded.sent())


# The same, and what is not the same.


def test_the_same_name_with_other_content_is_a_new_version(loaded: Board) -> None:
    for at, content in (("2010-04-01T10:00", TO_MEND), (LATER, GOOD)):
        loaded.drop("GP", content)
        loaded.once(at=at)
    assert loaded.returns("GP")["chronology"]["state"] == "accepted"
    found = files(loaded, "GP")
    assert found["done/2010-04-01/chronology.docx"] == TO_MEND
    assert found["done/2010-04-02/chronology.docx"] == GOOD
    assert "accepted" in receipt(loaded, "GP/returned/chronology.docx.receipt (2).txt")


def test_the_same_content_under_any_name_is_the_same_document(loaded: Board) -> None:
    loaded.drop("GP", GOOD)
    loaded.once()
    loaded.drop("GP", GOOD, "another name.docx")
    loaded.once(at=LATER)
    said = receipt(loaded, "GP/returned/another name.docx.receipt.txt")
    assert "the same document, unchanged, that you put here before" in said
    assert loaded.status()["deliveries"]["judged"] == 2


@pytest.mark.parametrize(
    ("one", "other"),
    [("Form.docx", "form.DOCX"), ("caf\u00e9.docx", "cafe\u0301.docx")],
)
def test_names_that_some_systems_take_for_one_are_two_documents(
    loaded: Board, one: str, other: str
) -> None:
    """Failure mode 25."""
    loaded.drop("GP", GOOD, one)
    loaded.drop("GP", TO_MEND, other)
    loaded.once()
    found = files(loaded, "GP")
    done = [content for name, content in found.items() if name.startswith("done/")]
    assert sorted(done) == sorted([GOOD, TO_MEND])
    assert sum(name.startswith("returned/") for name in found) == 3  # two receipts, one copy


NAMES = [
    "a" * 250 + ".docx",
    "\u00e9" * 125 + ".docx",
    "\u202excod.mroF\u202c",
    "new\nline\r\x1b[31m\x07.docx",
    "\u200b\ufeff.docx",
    os.fsdecode(b"\xff\xfe\xe9.docx"),
    "Quillfeather..docx",
    "%s{0}$HOME`id`;.docx",
]


def test_names_of_any_kind_are_taken_answered_and_never_shown(loaded: Board) -> None:
    """Failure mode 33, promise 7. What is ours beside them has a name that shows as it is."""
    dropped = {
        name: build.with_cell(TO_MEND, 20, "Time", f"1{n}:00") for n, name in enumerate(NAMES)
    }
    for name, content in dropped.items():
        loaded.drop("GP", content, name)
    ended = loaded.once()
    assert ended.out.count("N12, GP: chronology needs changes.") == len(NAMES)
    found = files(loaded, "GP")
    for name, content in dropped.items():
        assert found[f"done/2010-04-01/{name}"] == content
    ours = [Path(path).name for path in found if path.startswith("returned/")]
    assert len(ours) == 2 * len(NAMES)
    for own in ours:
        assert own.isprintable()
        assert len(os.fsencode(own)) <= 255
    shown = ended.out + ended.err + loaded.run("status").out
    shown += "".join(str(letter) for letter in loaded.sent())
    assert [name for name in NAMES if name.removesuffix(".docx") in shown] == []
