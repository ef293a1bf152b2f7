"""Fields that start a program or fetch something (failure mode 50)."""

from __future__ import annotations

import pytest

from handlers.readers.word.errors import FileTooBig
from handlers.readers.word.fields import MAX_FIELD_DEPTH
from handlers.readers.word.hazards import FieldInstructions
from tests.handlers.readers.word.parts import docx, field, p, run, tbl, tc, tr, traits

DDE = 'DDEAUTO c:\\\\windows\\\\system32\\\\cmd.exe "/k calc"'
BEGIN, SEPARATE, END = (
    f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "separate", "end")
)


def instruction(text: str, tag: str = "instrText") -> str:
    return f'<w:r><w:{tag} xml:space="preserve">{text}</w:{tag}></w:r>'


def dangers(body: str) -> list[str]:
    return traits(docx(body)).dangers


@pytest.mark.parametrize(
    ("text", "word"),
    [
        (DDE, "dde-field"),
        ("  dde x y z", "dde-field"),
        ("DDEAUTO", "dde-field"),
        ("LINK Excel.Sheet.12 C:\\\\x.xlsx", "embedded-object"),
        ('INCLUDEPICTURE "http://evil.example/x.png" \\d', "remote-part"),
        ('INCLUDETEXT "\\\\\\\\server\\\\share\\\\x.docx"', "remote-part"),
        ("INCLUDETEXT https://evil.example/x", "remote-part"),
        ('DATABASE \\c "x"', "remote-part"),
    ],
)
def test_a_field_that_reaches_out_is_a_danger(text: str, word: str) -> None:
    """Failure mode 50."""
    escaped = text.replace('"', "&quot;")
    assert dangers(p(field(text))) == [word]
    assert dangers(p(f'<w:fldSimple w:instr="{escaped}"/>')) == [word]
    assert dangers(tbl(tr(tc(p(field(text)))))) == [word]


@pytest.mark.parametrize(
    "text",
    [
        "PAGE",
        'HYPERLINK "https://board.example/"',
        "DDEX y",
        'INCLUDEPICTURE "C:\\\\logo.png" \\d \\* MERGEFORMAT',
        'INCLUDETEXT "notes.docx"',
        "",
    ],
)
def test_an_ordinary_field_is_no_danger(text: str) -> None:
    assert dangers(p(field(text))) == []


def test_an_instruction_split_over_runs_and_paragraphs_is_put_together() -> None:
    """Failure mode 50."""
    split = instruction("D") + instruction("DE") + instruction("AUTO c")
    assert dangers(p(BEGIN + split + SEPARATE + END)) == ["dde-field"]
    assert dangers(p(BEGIN + instruction("DDE")) + p(instruction("AUTO c") + END)) == ["dde-field"]


def test_an_instruction_that_was_deleted_or_never_ended_is_still_one() -> None:
    deleted = f"<w:del>{BEGIN}{instruction('DDE a b', 'delInstrText')}{END}</w:del>"
    assert dangers(p(deleted)) == ["dde-field"]
    assert dangers(p(BEGIN + instruction("DDE a b"))) == ["dde-field"]


def test_a_field_whose_name_another_field_writes_is_a_danger() -> None:
    quote = field("QUOTE 68 68 69 65 85 84 79", run("DDEAUTO"))
    assert dangers(p(BEGIN + quote + instruction(" c d") + END)) == ["dde-field"]
    assert dangers(p(BEGIN + instruction("DD") + quote + END)) == ["dde-field"]


def test_a_field_that_computes_what_it_fetches_is_a_danger() -> None:
    quote = field("QUOTE 104 116", run("ht"))
    outer = BEGIN + instruction("INCLUDEPICTURE ") + quote + SEPARATE + END
    assert dangers(p(outer)) == ["remote-part"]


def test_fields_in_the_arguments_of_ordinary_fields_are_ordinary() -> None:
    outer = BEGIN + instruction("IF ") + field("PAGE", run("1")) + instruction(" = 1 a b")
    assert dangers(p(outer + SEPARATE + run("a") + END)) == []
    formula = BEGIN + instruction("=") + field("PAGE", run("1")) + instruction("+1") + END
    assert dangers(p(formula)) == []


def test_a_field_in_a_fields_result_is_judged_by_itself() -> None:
    outer = BEGIN + instruction("TOC \\o") + SEPARATE + field("PAGEREF x", run("3")) + END
    assert dangers(p(outer)) == []


def test_fields_nested_beyond_reason_are_too_big() -> None:
    heard = FieldInstructions(lambda _: None)
    with pytest.raises(FileTooBig):
        for _ in range(MAX_FIELD_DEPTH + 1):
            heard.take_character("begin")
    with pytest.raises(FileTooBig):
        traits(docx(p(BEGIN * (MAX_FIELD_DEPTH + 1))))
