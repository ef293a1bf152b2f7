"""Our own words never collide with what a subject of a review may be called (failure mode 90)."""

from __future__ import annotations

import re
import string
from collections.abc import Iterator
from pathlib import Path

import pytest

from config.case_file import CaseFile, load_case_file
from config.kind_loading import load_kinds
from outbox.samples.drafts import ADMINISTRATOR, OPERATOR, RECEIPTS, SAMPLES
from outbox.writing.disclosure_guard import DisclosureGuard, plain_text
from outbox.writing.guard_name_clashes import letter_vocabulary, subject_name_clashes
from outbox.writing.letter_text import letter_readings, parse_letter
from outbox.writing.writer import LetterWriter
from tests.board import CASE, Board
from tests.outbox.conftest import BOARD, NOW, desk_in

KINDS = load_kinds()
CONFIG = Path(__file__).parents[2] / "config"
# What people of a review are called, by what they are to it, and by a letter or a number.
PEOPLE = (
    "Mother", "Father", "Stepfather", "Stepmother", "Sibling", "Brother", "Sister", "Baby",
    "Grandmother", "Grandfather", "Maternal Grandmother", "Paternal Grandfather", "MGM", "MGF",
    "PGM", "PGF", "Aunt", "Uncle", "Cousin", "Mother's Partner", "Father's Partner", "Foster Carer",
    "Half Sibling", "Infant", "Male", "Female", "The Baby",
)  # fmt: skip
LETTERED = ("Child", "Adult", "Baby", "Sibling", "Mother", "Father", "Partner", "Male", "Female")
INVENTED = re.compile(
    r"\b(?:(?:Child|Adult|Baby|Sibling|Subject|Person|Mother|Father|Partner) [A-Z0-9]\b"
    r"|(?:Mr|Mrs|Ms|Miss|Dr|Cllr|Professor|Rev)\.? [A-Z]\w+)"
)


def in_config() -> set[str]:
    """Everybody who is named, as people are, in any file of `config/`."""
    files = (path for path in CONFIG.rglob("*") if path.suffix in (".toml", ".j2", ".py"))
    return {name for path in files for name in INVENTED.findall(path.read_text("utf-8"))}


def everybody() -> list[str]:
    marks = (*string.ascii_uppercase, *map(str, range(1, 13)))
    lettered = [f"{who} {mark}" for who in LETTERED for mark in marks]
    return sorted({*PEOPLE, *lettered, *in_config()})


def case_of(names: list[str]) -> str:
    """The case, with every one of these for a subject."""
    subjects = "\n".join(f'[[subjects]]\nname = "{name}"\n' for name in names)
    return re.sub(r"(?s)\[\[subjects\]\].*?(?=\[\[agencies\]\])", subjects, CASE)


@pytest.fixture(scope="module")
def guard(tmp_path_factory: pytest.TempPathFactory) -> Iterator[DisclosureGuard]:
    """Of a board whose subjects are called all that subjects are called; it is only asked."""
    folder = tmp_path_factory.mktemp("guard")
    file = folder / "case.toml"
    file.write_text(case_of(everybody()))
    with desk_in(folder) as desk:
        desk.register.cases.load_case(load_case_file(file, KINDS), NOW)
        yield DisclosureGuard(desk.register, ADMINISTRATOR, OPERATOR)


def test_no_file_of_ours_names_an_invented_person() -> None:
    assert in_config() == set()


def test_no_sentence_of_any_rule_of_any_kind_is_stopped(guard: DisclosureGuard) -> None:
    stopped = [
        words for words in letter_vocabulary(KINDS, BOARD) if not guard.may_be_told(words, "N12")
    ]
    assert stopped == []


@pytest.mark.parametrize("sample", SAMPLES)
def test_no_letter_of_any_kind_is_stopped(guard: DisclosureGuard, sample: str) -> None:
    letter = parse_letter(
        LetterWriter(BOARD, "x@board.example").write(SAMPLES[sample], "<a@b.example>", NOW)
    )
    for said in letter_readings(letter):
        guard.check_words(said, "N12", SAMPLES[sample].kind)


def test_no_receipt_is_stopped(guard: DisclosureGuard) -> None:
    for receipt in RECEIPTS:
        guard.check_words(LetterWriter(BOARD, "x@board.example").write_receipt(receipt), "N12")


def case(name: str, tmp_path: Path) -> CaseFile:
    file = tmp_path / "case.toml"
    file.write_text(case_of([name]))
    return load_case_file(file, KINDS)


@pytest.mark.parametrize(
    "name", ["May", "Will", "Row", "The Administrator", "Meadow", "Author One", "A person", "Needs"]
)
def test_a_subject_called_like_a_word_of_our_letters_is_told(name: str, tmp_path: Path) -> None:
    (said,) = subject_name_clashes(case(name, tmp_path), KINDS, BOARD)
    assert said.startswith(f'N12, the subject "{name}": our own letters say that word, as in "')
    quoted = said.partition('as in "')[2].partition('". Every')[0]
    assert plain_text(name) in plain_text(quoted) or quoted.endswith("...")


@pytest.mark.parametrize("name", ["Child A", "Child S", "Adult 1", "Mother", "Zebedee Quill"])
def test_a_subject_called_as_subjects_are_is_not(name: str, tmp_path: Path) -> None:
    assert list(subject_name_clashes(case(name, tmp_path), KINDS, BOARD)) == []


def test_loading_the_case_says_so_and_loads_it_all_the_same(board: Board) -> None:
    ended = board.load(case_of(["May"]))
    assert ended.status == 0
    assert 'Take care. N12, the subject "May": our own letters say that word' in ended.out
    assert "N12: a new case" in ended.out
    again = board.run("case", "load", board.folder / "case.toml", "--json").json
    assert len(again["warnings"]) == 1


@pytest.mark.parametrize("form", ["md", "txt"])
def test_a_boards_own_words_are_ours_too(tmp_path: Path, form: str) -> None:
    (tmp_path / f"rejection.{form}.j2").write_text("Subject: x\n\nPlease ask Zebedee about it.\n")
    own = BOARD.model_copy(update={"letters": tmp_path})
    assert list(subject_name_clashes(case("Zebedee", tmp_path), KINDS, own))
    assert not list(subject_name_clashes(case("Zebedee", tmp_path), KINDS, BOARD))
