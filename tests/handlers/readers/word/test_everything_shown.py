"""What Word shows of a body is in what the reader gives, whatever it is wrapped in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from handlers.document import Block, Cell, Paragraph
from handlers.readers.word.document import open_word
from tests.each_case import each_case
from tests.handlers.readers.word.parts import docx, field, p, run, sdt, tbl, tc, tr

STYLES = (
    '<w:style w:type="paragraph" w:styleId="H1"><w:name w:val="heading 1"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="C1"><w:name w:val="toc 1"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="CH"><w:name w:val="TOC Heading"/></w:style>'
)
H1, C1, CH = (f'<w:pStyle w:val="{style}"/>' for style in ("H1", "C1", "CH"))
BEGIN, SEPARATE, END = (
    f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "separate", "end")
)
TOC = f'{BEGIN}<w:r><w:instrText> TOC \\o "1-3" </w:instrText></w:r>{SEPARATE}'
CONTENTS = p(TOC + run("a line of the contents 3"), C1)
GALLERY = '<w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj>'
JOINED = "<w:rPr><w:del/></w:rPr>"
SHOWN = "Introduction"
HEADING = p(SHOWN, H1)


def box(content: str) -> str:
    """A text box as Word writes it: a drawing, and the older shape for older programs."""
    inner = f"<w:txbxContent>{content}</w:txbxContent>"
    return (
        '<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:anchor><a:graphic>'
        f'<a:graphicData><wps:wsp><wps:cNvSpPr txBox="1"/><wps:txbx>{inner}</wps:txbx></wps:wsp>'
        "</a:graphicData></a:graphic></wp:anchor></w:drawing></mc:Choice><mc:Fallback><w:pict>"
        f"<v:shape><v:textbox>{inner}</v:textbox></v:shape></w:pict></mc:Fallback>"
        "</mc:AlternateContent></w:r>"
    )


BOX = box(HEADING)
WRAPPED_RUNS = {
    name: p(f"<w:{name}{more}>{run(SHOWN)}</w:{name}>")
    for name, more in {
        "ins": "", "moveTo": "", "hyperlink": "", "smartTag": "", "customXml": "", "dir": "",
        "bdo": "", "fldSimple": ' w:instr="TITLE"',
    }.items()
}  # fmt: skip
WRAPPED_BLOCKS = {
    "a block in an insertion": f"<w:ins>{HEADING}</w:ins>",
    "a block that arrived by a move": f"<w:moveTo>{HEADING}</w:moveTo>",
    "a block in custom XML": f"<w:customXml>{HEADING}</w:customXml>",
    "a block in a control": sdt(HEADING),
    "a block in a control in a control": sdt(sdt(HEADING)),
    "a block in a choice": f'<mc:AlternateContent><mc:Choice Requires="wps">{HEADING}</mc:Choice>'
    "</mc:AlternateContent>",
    "a block in what older programs show": '<mc:AlternateContent><mc:Choice Requires="x"/>'
    f"<mc:Fallback>{HEADING}</mc:Fallback></mc:AlternateContent>",
}
CONSTRUCTIONS = {
    **WRAPPED_RUNS,
    **WRAPPED_BLOCKS,
    "runs in a choice": p('<mc:AlternateContent><mc:Choice Requires="wps">' + run(SHOWN)
                          + "</mc:Choice></mc:AlternateContent>"),
    "text in a formula": p(f"<m:oMath><m:r><w:t>{SHOWN}</w:t></m:r></m:oMath>"),
    "the base of a phonetic guide": p(f"<w:r><w:ruby><w:rubyBase>{run(SHOWN)}</w:rubyBase>"
                                      "</w:ruby></w:r>"),
    "a field in a field's result": p(field(" REF a ", field(" REF b ", run(SHOWN)))),
    "a result that runs on": p(f"{BEGIN}<w:r><w:instrText>INCLUDE</w:instrText></w:r>{SEPARATE}")
    + HEADING + p(END),
    "a row in a control": tbl(sdt(tr(SHOWN))),
    "a cell in a control": tbl(tr(sdt(tc(SHOWN)))),
    "a row in custom XML": tbl(f"<w:customXml>{tr(SHOWN)}</w:customXml>"),
    "a table in a cell": tbl(tr(tc(tbl(tr(SHOWN)) + p()))),
    "a text box": p(BOX),
    "a text box in a text box": p(box(p(BOX))),
    "a text box in a cell": tbl(tr(tc(p(BOX)))),
    "a table in a text box": p(box(tbl(tr(SHOWN)) + p())),
    "a text box in an insertion": p(f"<w:ins>{BOX}</w:ins>"),
    "a text box in a link": p(f"<w:hyperlink>{BOX}</w:hyperlink>"),
    "a text box in a field's result": p(field(" REF a ", BOX)),
    "a text box in a line control": p(sdt(BOX)),
    # A table of contents, and what stands in or about its lines.
    "after the contents": CONTENTS + p(END) + HEADING,
    "on the line where the contents end": CONTENTS + p(END + run(SHOWN)),
    "a text box where the contents end": CONTENTS + p(END + BOX),
    "a text box before the contents end": CONTENTS + p(BOX + END),
    "a text box where the contents begin": p(BOX + TOC + run("a line 3")) + p(END),
    "a text box in a line of the contents": CONTENTS + p(run("a line 4") + BOX, C1) + p(END),
    "a text box in contents of one line": p(TOC + run("a line 3") + END + BOX),
    "a text box in a line of that style": p(run("a line 3") + BOX, C1),
    "a text box in the gallery": sdt(CONTENTS + p(END + BOX), GALLERY),
    "a heading in the gallery": sdt(CONTENTS + p(END) + HEADING, GALLERY),
    "text in the gallery": sdt(CONTENTS + p(END) + p(SHOWN), GALLERY),
    "on the gallery's last line": sdt(CONTENTS + p(END + run(SHOWN)), GALLERY),
    "a table in the gallery": sdt(CONTENTS + p(END) + tbl(tr(SHOWN)), GALLERY),
    "before contents whose mark was deleted": p(SHOWN, JOINED) + p("a line 3", C1),
    "before a gallery whose mark was deleted": p(SHOWN, JOINED) + sdt(p("a line 3"), GALLERY),
    "contents that never end": CONTENTS + HEADING,
    "a heading in the style of the contents' title": p(SHOWN, CH) + p("Text."),
    # The same within a cell, which is read by another way.
    **{f"{name}, in a cell": tbl(tr(f"<w:tc><w:tcPr/>{block}<w:p/></w:tc>"))
       for name, block in WRAPPED_BLOCKS.items()},
}  # fmt: skip


def texts(blocks: Iterable[Block]) -> Iterator[str]:
    for block in blocks:
        if isinstance(block, Paragraph):
            yield block.text
        else:
            for cell in getattr(block, "cells", ()):
                yield from in_cell(cell)


def in_cell(cell: Cell) -> Iterator[str]:
    yield from (paragraph.text for paragraph in cell.paragraphs)
    for rows in cell.tables:
        yield from texts(rows)


def read(body: str) -> list[str]:
    return list(texts(open_word(docx(body, styles=STYLES)).iter_blocks()))


@each_case("name", CONSTRUCTIONS)
def test_what_word_shows_is_read_once(name: str) -> None:
    found = read(CONSTRUCTIONS[name] + p("and on"))
    assert [text for text in found if SHOWN in text] == [SHOWN]
    assert found[-1] == "and on"
    assert not [text for text in found if "a line" in text]
