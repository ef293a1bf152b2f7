"""A board's own templates: one by one in front of ours, and shut in."""

from __future__ import annotations

import textwrap
from dataclasses import replace
from pathlib import Path

import pytest
from jinja2.exceptions import SecurityError

from outbox.samples.drafts import SAMPLES
from outbox.samples.facts import ANSWER, CHASER, MORE_TIME
from outbox.writing.disclosure_guard import plain_text, says_name
from outbox.writing.letter_text import letter_html, letter_plain_text, letter_readings, parse_letter
from outbox.writing.templates import (
    possible_template_names,
    template_environment,
    template_files,
)
from outbox.writing.writer import LetterWriter
from tests.outbox.conftest import BOARD, NOW

ID = "<scr.0123456789abcdef@board.example>"


@pytest.fixture
def own(tmp_path: Path) -> Path:
    (tmp_path / "letters" / "parts").mkdir(parents=True)
    return tmp_path / "letters"


def written(own: Path, sample: str) -> bytes:
    board = BOARD.model_copy(update={"letters": own})
    return LetterWriter(board, "scr-returns@board.example").write_in_own_words(
        SAMPLES[sample], ID, NOW
    )


def test_one_template_of_the_boards_own_stands_for_one_of_ours(own: Path) -> None:
    (own / "waiver.txt.j2").write_text(
        'Subject: {{ subject("not needed") }}\n\nWe can do without the {{ letter.noun }}.\n\nBye'
    )
    letter = parse_letter(written(own, "waiver"))
    assert letter["Subject"] == "OFFICIAL-SENSITIVE: SCR N12: not needed"
    assert letter_plain_text(letter) == "We can do without the IMR.\n\nBye\n"
    ours = LetterWriter(BOARD, "scr-returns@board.example").write(SAMPLES["chaser"], ID, NOW)
    assert written(own, "chaser") == ours


def test_a_part_of_the_boards_own_is_in_every_letter_that_has_it(own: Path) -> None:
    (own / "parts" / "closing.txt.j2").write_text("Yours, {{ board.administrator }}\n")
    for sample in ("rejection", "chaser", "waiver"):
        assert letter_plain_text(parse_letter(written(own, sample))).endswith(
            "\n\nYours, The Administrator\n"
        )


def test_the_page_itself_can_be_the_boards_own(own: Path) -> None:
    (own / "parts" / "letter.html.j2").write_text("<html><body>{{ subject }}</body></html>")
    assert letter_html(parse_letter(written(own, "waiver"))).startswith(
        "<html><body>OFFICIAL-SENSITIVE:"
    )


def test_a_template_saved_by_notepad_will_do(own: Path) -> None:
    text = 'Subject: {{ subject("not needed") }}\r\n\r\nNo £, no IMR.\r\n\r\nBye\r\n'
    (own / "waiver.txt.j2").write_bytes(b"\xef\xbb\xbf" + text.encode())
    assert letter_plain_text(parse_letter(written(own, "waiver"))) == "No £, no IMR.\n\nBye\n"


def test_a_template_that_has_changed_is_read_anew(own: Path) -> None:
    """Nothing has to be started anew after a slip was mended."""
    board = BOARD.model_copy(update={"letters": own})
    writer = LetterWriter(board, "x@board.example")
    closing = own / "parts" / "closing.txt.j2"
    for said in ("The first.", "And the second one."):
        closing.write_text(said)
        assert said in letter_plain_text(
            parse_letter(writer.write_in_own_words(SAMPLES["waiver"], ID, NOW))
        )


@pytest.mark.parametrize(
    "reach",
    ["letter.__class__", "''.__class__.__mro__", "letter.__init__.__globals__", "subject.__code__"],
)
def test_a_template_reaches_nothing_but_the_facts(own: Path, reach: str) -> None:
    asks = f"{{{{ {reach}.x }}}}"
    (own / "waiver.txt.j2").write_text('Subject: {{ subject("x") }}\n\n' + asks)
    with pytest.raises(SecurityError):
        written(own, "waiver")


def test_what_editors_leave_in_the_folder_is_no_template(own: Path) -> None:
    for name in (".DS_Store", "waiver.txt.j2~", "waiver.txt.j2"):
        (own / name).write_text("x")
    assert [path.name for path in template_files(own)] == ["waiver.txt.j2"]


def test_one_with_marks_wins_over_one_without(own: Path) -> None:
    for form in ("md", "txt"):
        (own / f"waiver.{form}.j2").write_text(f'Subject: {{{{ subject("x") }}}}\n\n**{form}**')
    assert letter_plain_text(parse_letter(written(own, "waiver"))) == "md\n"
    (own / "waiver.md.j2").unlink()
    assert letter_plain_text(parse_letter(written(own, "waiver"))) == "**txt**\n"


OLD_REMINDER = """Subject: {{ subject("a reminder") }}

Dear {{ letter.to }}

{% include "parts/checklist.txt.j2" %}


{% include "parts/closing.txt.j2" %}
"""


def test_a_letter_in_the_old_form_takes_in_our_parts(own: Path) -> None:
    """As it always did: the parts that ship have marks, and none of them stands in it."""
    (own / "reminder.txt.j2").write_text(OLD_REMINDER)
    letter = parse_letter(written(own, "reminder"))
    assert letter_plain_text(letter) == (
        "Dear Author One\n\n"
        "Children's Services' returns for N12\n"
        "  Chronology   still to come   due Friday 16 April\n"
        "  IMR          still to come   due Friday 28 May\n\n"
        "If something here looks wrong, or you need more time, reply to this message\n"
        "and The Administrator will read it.\n\n"
        "The Administrator, Shireshire Safeguarding Children Board\n"
        "This message was sent automatically on the board's behalf.\n"
    )
    assert 'aria-labelledby="part-2"' in letter_html(letter)


@pytest.mark.parametrize("sample", ["rejection", "unreadable-besides", "decision-rejected"])
def test_our_documents_read_alike_in_a_letter_in_the_old_form(own: Path, sample: str) -> None:
    head = 'Subject: {{ subject("x") }}\n\n'
    text = '{% include "parts/documents.FORM.j2" %}\n{% include "parts/checklist.FORM.j2" %}'
    read = []
    for form in ("txt", "md"):
        path = own / f"{SAMPLES[sample].kind}.{form}.j2"
        path.write_text(head + text.replace("FORM", form))
        read.append(letter_plain_text(parse_letter(written(own, sample))))
    assert read[0] == read[1]


def test_a_part_in_the_old_form_keeps_its_text_in_a_letter_with_marks(own: Path) -> None:
    """A board's own closing is in every letter, and whatever it says is no mark."""
    said = "- *Yours*, <b>\n~~~\n# us\n  1. A point\n\nThe board_\nof __Shire__"
    (own / "parts" / "closing.txt.j2").write_text(said)
    letter = parse_letter(written(own, "chaser"))
    assert letter_plain_text(letter).endswith(f"\n\n{said}\n")
    assert "The board_<br>of __Shire__</p>" in letter_html(letter)


def test_the_example_in_the_documentation_is_a_letter(own: Path) -> None:
    page = (Path(__file__).parents[2] / "docs" / "own-words.md").read_text(encoding="utf-8")
    example = page.partition("## What a template looks like\n\n")[2].partition("\n- The first")[0]
    (own / "waiver.md.j2").write_text(textwrap.dedent(example))
    letter = parse_letter(written(own, "waiver"))
    assert letter_plain_text(letter) == (
        "Dear Author One\n\n"
        "The board no longer needs the IMR from Meadow Lane Surgery.\n"
        "You do not need to do anything.\n\n"
        "What else you can do\n"
        "  1. Tell whoever has begun to write it.\n"
        "     They need not go on.\n"
        "  2. Keep what is written.\n"
        "  We ask for nothing of that.\n\n"
        "For questions, write to us (office@board.example).\n\n"
        "Meadow Lane Surgery's returns for N12\n"
        "  Chronology   accepted 1 April\n"
        "  IMR          not needed\n\n"
        "The Administrator, Shireshire Safeguarding Children Board\n"
    )
    assert "<strong>no longer needs</strong>" in letter_html(letter)


def test_a_template_that_comes_or_goes_is_noticed(own: Path) -> None:
    board = BOARD.model_copy(update={"letters": own})
    writer = LetterWriter(board, "x@board.example")

    def closes() -> str:
        letter = writer.write_in_own_words(SAMPLES["waiver"], ID, NOW)
        return letter_plain_text(parse_letter(letter)).splitlines()[-1]

    ours = closes()
    (own / "parts" / "closing.txt.j2").write_text("Old")
    assert closes() == "Old"
    (own / "parts" / "closing.md.j2").write_text("---\n\n*New*")
    assert closes() == "New"
    for form in ("md", "txt"):
        (own / "parts" / f"closing.{form}.j2").unlink()
    assert closes() == ours


def test_what_a_person_wrote_is_no_mark_in_a_letter() -> None:
    tell = "# No\n1. *Send* it\n\n[here](https://evil.example) | <b>"
    facts = replace(MORE_TIME, tell=tell, agency="*A_gency* <i> & Co", to="- Ann")
    draft = replace(SAMPLES["extension-told"], facts=facts)
    letter = parse_letter(LetterWriter(BOARD, "x@board.example").write(draft, ID, NOW))
    text, page = letter_plain_text(letter), letter_html(letter)
    assert f"\n{tell}\n" in text and "Dear - Ann" in text
    assert "*A_gency* &lt;i&gt; &amp; Co" in page and "<a " not in page and "<b>" not in page
    assert "<br>1. *Send* it</p>" in page


def test_each_document_has_its_heading_below_that_of_all() -> None:
    """The first was a bare line of text, since two headings in a row were not guessed."""
    draft = replace(SAMPLES["chaser"], facts=replace(CHASER, documents=ANSWER.documents))
    page = letter_html(parse_letter(LetterWriter(BOARD, "x@board.example").write(draft, ID, NOW)))
    for heading in (
        "What needs to be mended",
        *(f"{d.title}: {d.outcome}" for d in ANSWER.documents),
    ):
        assert f">{heading}</h2>" in page


def test_the_guard_reads_what_a_person_reads(own: Path) -> None:
    """Failure mode 90: marks inside a name, and where a link leads, hide nothing."""
    marked = "J**an**e D*oe* and [this](https://board.example/jane-roe)\n\n---\n\nBye"
    (own / "waiver.md.j2").write_text('Subject: {{ subject("x") }}\n\n' + marked)
    letter = parse_letter(written(own, "waiver"))
    for reading in (letter_plain_text(letter), *letter_readings(letter)):
        assert "**" not in reading
    seen = [plain_text(reading) for reading in letter_readings(letter)]
    assert sum(says_name(reading, "Jane Doe") for reading in seen) == 2
    assert sum(says_name(reading, "Jane Roe") for reading in seen) == 2


def test_every_name_that_a_template_may_have_can_be_found() -> None:
    names = set(possible_template_names())
    assert {"rejection.md.j2", "rejection.txt.j2", "parts/letter.html.j2"} <= names
    environment = template_environment(BOARD)
    assert all(environment.get_template(name) for name in names)
    assert set(environment.list_templates()) <= names
