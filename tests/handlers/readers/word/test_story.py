"""The main part as it streams: in order, and let go once read."""

from __future__ import annotations

from handlers.document import Block, Paragraph, Row, TableEnd, Traits
from handlers.readers.word import xml
from handlers.readers.word.body import MainPartReader
from handlers.readers.word.hazards import HazardWatch
from handlers.readers.word.paragraphs import ParagraphReader
from handlers.readers.word.styles import StyleSheet
from handlers.readers.word.xml import Element
from tests.handlers.readers.word.parts import element, p, sdt, tbl, tr


def stream(body: str, size: int) -> tuple[list[Block], int]:
    """The blocks of a body fed in pieces of `size`, and the most elements held at any block."""
    content = element("document", f"<w:body>{body}<w:sectPr/></w:body>").encode()
    story = MainPartReader(ParagraphReader(StyleSheet()), watch := Roots(Traits()))
    pieces = (content[at : at + size] for at in range(0, len(content), size))
    found, most = [], 0
    for block in story.iter_blocks(pieces):
        found.append(block)
        most = max(most, watch.held())
    return found, most


class Roots(HazardWatch):
    """A watch that remembers the tree it is shown a piece of."""

    root: Element | None = None

    def watch_element(self, element: Element) -> None:
        self.root = element.getroottree().getroot()
        super().watch_element(element)

    def held(self) -> int:
        return 0 if self.root is None else sum(1 for _ in self.root.iter())


SEEN_FIRST = p("<w:ins/>")  # shows the watch the tree
ROW = tr("1/2/2009", "17:45", "Health")


def test_blocks_come_in_order_however_the_part_is_cut() -> None:
    body = p("one") + tbl(ROW, ROW) + sdt(p("two")) + tbl(ROW)
    whole, _ = stream(body, 1 << 20)
    assert [type(b) for b in whole] == [Paragraph, Row, Row, TableEnd, Paragraph, Row, TableEnd]
    for size in (1, 7, 100):
        assert stream(body, size)[0] == whole


def held(body: str) -> int:
    return stream(SEEN_FIRST + body, 200)[1]


def boxed(content: str) -> str:
    box = f"<w:txbxContent>{content}</w:txbxContent>"
    return p(f"<w:r><w:pict><v:shape><v:textbox>{box}</v:textbox></v:shape></w:pict></w:r>")


def test_rows_paragraphs_and_controls_are_let_go_once_read() -> None:
    """Memory stays flat: a hundred times the rows, the same few elements held."""
    for few, many in (
        (tbl(ROW * 10), tbl(ROW * 1000)),
        (p("x") * 10, p("x") * 1000),
        (tbl(sdt(ROW) * 10), tbl(sdt(ROW) * 1000)),
        (sdt(tbl(ROW * 10)), sdt(tbl(ROW * 1000))),
        (tbl(ROW) * 10, tbl(ROW) * 1000),
        (sdt(p("x")) * 10, sdt(p("x")) * 1000),
        (boxed(tbl(ROW * 10)), boxed(tbl(ROW * 1000))),
    ):
        assert held(few) > 3
        assert held(many) <= held(few) + 30


def test_of_two_ways_to_say_a_paragraph_one_is_read_anywhere() -> None:
    choice = '<mc:Choice Requires="w14">{}</mc:Choice><mc:Fallback>{}</mc:Fallback>'
    both = f"<mc:AlternateContent>{choice}</mc:AlternateContent>"
    body = both.format(p("new") * 2, p("old")) + both.format(tbl(tr("new")), tbl(tr("old")))
    found, _ = stream(body, 1 << 20)
    texts = [b.text for b in found if not isinstance(b, TableEnd)]
    assert texts == ["new", "new", "new"]
    assert len(found) == 4


def test_a_row_knows_its_place_in_its_own_table() -> None:
    found, _ = stream(tbl(ROW) + tbl(ROW, ROW), 50)
    assert [(b.table, b.number) for b in found if isinstance(b, Row)] == [(1, 1), (2, 1), (2, 2)]


def test_both_namespaces_have_the_same_names() -> None:
    assert {tag.rpartition("}")[2] for tag in xml.TR} == {"tr"}
    assert len(xml.TR) == 2
