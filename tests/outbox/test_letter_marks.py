"""The marks of a letter, and that what is put into a template never makes one."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jinja2 import Environment
from lxml import etree
from lxml import html as parser

from config.colours import load_colours
from outbox.writing.letter_marks import MarkUnknown, as_said, literal, parse_marks
from outbox.writing.letter_passages import PassageSetter, text_of_marks
from outbox.writing.templates import template_environment
from outbox.writing.typeset import Typesetter
from tests.outbox.conftest import BOARD

EVERYWHERE = """{{ it }}

Begins {{ it }} ends
{{ it }}

## {{ it }}
{{ it }}
1. {{ it }}
   {{ it }}
1. **{{ it }}.** {{ it }}, and *{{ it }}*

- {{ it }}
> {{ it }}

| {{ it }} | a |
|---|---|
| {{ it }} | {{ it }} |

`{{ it }}` [{{ it }}](https://board.example/{{ it }}) {{ "1. " ~ it }}

{% set kept %}{{ it }}{% endset %}
{{ kept }}

---

{{ it }}
"""
HOSTILE = (
    "*a*",
    "**b**",
    "_c_",
    "# d",
    "| e |",
    "|---|",
    "<b>f</b>",
    "- g",
    "1. h",
    "[x](http://evil.example)",
    "[x](https://evil.example)",
    "<https://evil.example>",
    "https://evil.example",
    "![x](https://evil.example/x.png)",
    "---",
    "===",
    "> i",
    "~~~",
    "```\nj\n```",
    "    k",
    "l\\",
    "m  \nn",
    "o\n\np",
    "o\n---",
    "a | b\n---|---\nc | d",
    "&amp; &lt; &#42;",
    "[x]: https://evil.example",
    "`q`",
    "{{ r }} {% s %}",
    "' \" &",
    "\ttab",
    "\u2028 \u00a0 t",
)
SIGN = "\u00a4"
TARGET = re.compile(r"\(https://board\.example/[^)]*\)")
WORDS = st.text(
    st.characters(exclude_categories=("Cs", "Cc", "Co", "Cn"), include_characters="\n")
).filter(str.strip)


@pytest.fixture(scope="module")
def environment(tmp_path_factory: pytest.TempPathFactory) -> Environment:
    folder: Path = tmp_path_factory.mktemp("letters")
    (folder / "everywhere.md.j2").write_text(EVERYWHERE, encoding="utf-8")
    return template_environment(BOARD.model_copy(update={"letters": folder}))


def page(environment: Environment, source: str) -> parser.HtmlElement:
    typesetter = Typesetter(environment, load_colours())
    blocks = PassageSetter(typesetter).blocks_of(parse_marks(source))
    return parser.document_fromstring(typesetter.render_html("A subject", blocks)).body


def elements(body: parser.HtmlElement) -> tuple[Counter[str], set[str]]:
    """How many there are, and which there are of those that each line has anew."""
    tags = [str(x.tag) for x in body.iter(etree.Element)]
    lines = {"p", "br", "strong", "em", "a"}
    return Counter(tag for tag in tags if tag not in lines), {*tags} & {"strong", "em", "a"}


def shown(body: parser.HtmlElement) -> str:
    return said("".join(body.itertext(tag=etree.Element)))


def said(text: str) -> str:
    return "".join(text.split())


def stands_literally(environment: Environment, words: str) -> None:
    """Wherever a plain sign would, in the text and on the page, and with the same elements."""
    template = environment.get_template("everywhere.md.j2")
    source, plain = template.render(it=words), template.render(it=SIGN)
    body, like = page(environment, source), page(environment, plain)
    assert elements(body) == elements(like)
    assert all(a.get("href").startswith("https://board.example/") for a in body.iter("a"))
    assert shown(body) == shown(like).replace(SIGN, said(words))
    text, expected = (TARGET.sub("", said(text_of_marks(x))) for x in (source, plain))
    assert text == expected.replace(SIGN, said(words))


@pytest.mark.parametrize("words", HOSTILE)
def test_no_word_that_is_put_in_makes_a_mark(environment: Environment, words: str) -> None:
    stands_literally(environment, words)


@settings(max_examples=150, deadline=None)
@given(words=WORDS)
def test_whatever_is_put_in_stands_literally(environment: Environment, words: str) -> None:
    """Names, reasons and what people wrote are words in the text and on the page, and make no
    element and no link."""
    stands_literally(environment, words)


@given(words=WORDS)
def test_literal_words_are_the_same_words_again_however_often(words: str) -> None:
    assert as_said(literal(words)) == words
    assert literal(literal(words)) == literal(words)


MARKED = """Dear you

## What we need
Please send *it* **today**.
A reply is enough.

1. **Row 2.** Nothing is entered.
   Enter it.
1. Row 3.
> Rows are counted.

### The IMR: accepted
> For you:
- A point.

## Returns

| | | |
|---|---|---|
| IMR | due | Friday |
| QA form | accepted on a long day | |

See [the page](https://board.example/x) or write to [a@b.example](mailto:a@b.example).
To see it: `scr-intake show 1` Or wait.

---

The board
"""
READ = """Dear you

What we need
Please send it today.
A reply is enough.

  1. Row 2. Nothing is entered.
     Enter it.
  2. Row 3.
  Rows are counted.

The IMR: accepted
  For you:
  - A point.

Returns
  IMR       due   Friday
  QA form   accepted on a long day

See the page (https://board.example/x) or write to a@b.example.
To see it:
scr-intake show 1
Or wait.

The board
"""


def test_the_marks_are_read_and_none_stands_in_the_text() -> None:
    assert text_of_marks(MARKED) == READ


def test_the_marks_make_the_elements_of_the_page(environment: Environment) -> None:
    body = page(environment, MARKED)
    assert [h.text for h in body.iter("h2")] == ["What we need", "The IMR: accepted", "Returns"]
    assert [x.text for x in body.iter("strong", "em")] == ["it", "today", "Row 2."]
    assert [a.get("href") for a in body.iter("a")] == [
        "https://board.example/x",
        "mailto:a@b.example",
    ]
    (table,) = [t for t in body.iter("table") if t.get("role") != "presentation"]
    assert [[c.text for c in row] for row in table.iter("tr")] == [
        ["IMR", "due", "Friday"],
        ["QA form", "accepted on a long day", None],
    ]
    (command,) = [p for p in body.iter("p") if "monospace" in p.get("style")]
    assert command.text == "scr-intake show 1"
    (*_, closing) = body.iter("p")
    assert (closing.text, "border-top" in closing.get("style")) == ("The board", True)


def test_a_table_with_headings_stands_at_the_margin() -> None:
    assert text_of_marks("| N12 | IMR |\n|---|---|\n| Meadow Lane | due |") == (
        "N12           IMR\nMeadow Lane   due\n"
    )


def test_a_line_that_hangs_is_wrapped_under_its_own_text() -> None:
    _, second, *_ = text_of_marks("1. " + "word " * 30).split("\n")
    assert second.startswith("     word")


@pytest.mark.parametrize("target", ["http://x.example", "javascript:x", "data:x", "//x", "x"])
def test_a_link_leads_to_a_safe_place_or_is_none(environment: Environment, target: str) -> None:
    source = f"[words]({target})\n\n---\n\nBye"
    assert not list(page(environment, source).iter("a"))


def test_html_pictures_and_bare_addresses_in_a_template_are_words(
    environment: Environment,
) -> None:
    source = "<b>x</b> ![y](https://x.example/y.png) https://x.example &amp;\n\n---\n\nBye"
    body = page(environment, source)
    assert not list(body.iter("b", "img"))
    assert "<b>x</b>" in "".join(body.itertext()) and "&amp;" in "".join(body.itertext())


@pytest.mark.parametrize("source", ["- a\n  - b", "1. a\n\n   > b", "> # a", "> - a", "- # a"])
def test_a_mark_that_letters_do_not_have_is_refused(source: str) -> None:
    with pytest.raises(MarkUnknown):
        text_of_marks(source)


def test_nothing_is_guessed_from_blanks(environment: Environment) -> None:
    body = page(environment, "A bare line\nabove another.\n\nTwo   columns\nno   table\n\n---\n\nx")
    assert not list(body.iter("h2"))
    assert all(table.get("role") == "presentation" for table in body.iter("table"))
