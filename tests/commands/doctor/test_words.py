"""The board's own words for letters, as `doctor` tells of them."""

from __future__ import annotations

from tests.board import Board


def told(board: Board) -> list[tuple[str, str]]:
    said = board.run("doctor", "--json").json
    return [(x["state"], x["sentence"]) for x in said if x["about"] == "Words of letters"]


def own(board: Board, text: str | None, *names: str) -> None:
    settings = board.folder / "scr-intake.toml"
    settings.write_text(settings.read_text().replace("# letters = ", "letters = "))
    if text is not None:
        (board.folder / "letters").mkdir()
        for name in names or ("waiver.md.j2",):
            (board.folder / "letters" / name).write_text(text)


def test_nothing_is_said_where_the_board_has_none(board: Board) -> None:
    assert told(board) == []


def test_words_that_can_be_used_are_well(board: Board) -> None:
    own(board, 'Subject: {{ subject("not needed") }}\n\nThank you.\n\nBye')
    assert told(board) == [
        ("well", "The board's own words, 1 template, were tried with letters of every kind.")
    ]


def test_a_slip_is_wrong_and_keeps_no_letter(board: Board) -> None:
    own(board, 'Subject: {{ subject("not needed") }}\n\n{{ letter.deadline }}')
    assert told(board) == [
        ("wrong", 'waiver.md.j2, line 3: asks for "deadline", which this letter does not have.'),
        ("well", "No letter waits for that: where the board's own words fail it, ours are used."),
    ]
    assert board.run("doctor").status == 1
    shown = board.run("letters", "preview", "waiver")
    assert "The board no longer needs the IMR" in shown.out
    assert shown.err.startswith('waiver.md.j2, line 3: asks for "deadline"')


def test_a_folder_that_is_not_there_is_wrong(board: Board) -> None:
    own(board, None)
    assert told(board)[0] == ("wrong", f"{board.folder / 'letters'}: is not a folder.")


def test_the_old_form_works_and_is_told_of_in_one_sentence(board: Board) -> None:
    own(board, 'Subject: {{ subject("x") }}\n\nThanks.\n\nBye', "waiver.txt.j2", "chaser.txt.j2")
    assert told(board)[1:] == [
        (
            "soon",
            "Written without marks, so that headings, lists and tables are guessed:"
            " chaser.txt.j2, waiver.txt.j2.",
        )
    ]


def test_a_template_that_one_with_marks_hides_is_told_of(board: Board) -> None:
    own(board, 'Subject: {{ subject("x") }}\n\nThanks.', "waiver.txt.j2", "waiver.md.j2")
    assert told(board)[1:] == [
        ("soon", "Not used, since the same is there with marks (.md.j2): waiver.txt.j2.")
    ]
