"""The journal beside the vault: whole lines are read, whatever a kill left between them."""

from __future__ import annotations

from pathlib import Path

from intake.journal import JOURNAL_FILE, JournalLine, OutsideJournal
from intake.keys import Keys

ONE, TWO = JournalLine("did", {"what": "decided"}), JournalLine("left", {"message_id": "<scr.1>"})


def test_lines_are_read_in_the_order_in_which_they_were_written(tmp_path: Path, keys: Keys) -> None:
    journal = OutsideJournal(tmp_path, keys)
    assert list(journal.read_lines()) == []
    journal.append(ONE)
    journal.append(TWO, durably=True)
    assert list(OutsideJournal(tmp_path, keys).read_lines()) == [ONE, TWO]


def test_a_line_cut_short_at_any_byte_spoils_no_other(tmp_path: Path, keys: Keys) -> None:
    """Failure mode 103: a power cut may leave any part of the last line."""
    journal, file = OutsideJournal(tmp_path, keys), tmp_path / JOURNAL_FILE
    journal.append(ONE)
    begun = file.stat().st_size
    journal.append(TWO)
    whole = file.read_bytes()
    for size in range(begun, len(whole) - 1):
        file.write_bytes(whole[:size])
        journal.append(ONE)
        assert list(journal.read_lines()) == [ONE, ONE], size


def test_a_line_of_somebody_without_the_keys_is_no_line(tmp_path: Path, keys: Keys) -> None:
    OutsideJournal(tmp_path, Keys(vault=bytes(32), marks=bytes(32))).append(ONE)
    assert list(OutsideJournal(tmp_path, keys).read_lines()) == []


def test_what_another_journal_tells_is_taken_over_once(tmp_path: Path, keys: Keys) -> None:
    for name in ("old", "new"):
        (tmp_path / name).mkdir()
    old, new = (OutsideJournal(tmp_path / name, keys) for name in ("old", "new"))
    old.append_all([ONE, TWO])
    new.append(TWO)
    for _ in range(2):
        new.adopt(old)
    assert list(new.read_lines()) == [TWO, ONE]


def test_where_it_cannot_be_written_the_work_goes_on(tmp_path: Path, keys: Keys) -> None:
    OutsideJournal(tmp_path / "away", keys).append(ONE)
