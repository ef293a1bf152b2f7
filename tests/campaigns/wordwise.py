"""Mutations of a Word document that leave it a zip of XML: its members, elements and attributes.

Does: each takes a document and a source of chance, and returns another. What is no zip any more,
or has no XML to change, is returned as it is.
Trusts: nothing. Known limits: one thing at a time; the campaign puts several upon each other.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from copy import deepcopy
from random import Random

from lxml import etree

from tests.builders_package import packed
from tests.campaigns import bytewise
from tests.campaigns.bytewise import Mutation
from tests.handlers.readers.word.parts import DECLARED, W

Members = list[tuple[str, bytes]]
_ODD_VALUES = ("", "0", "-1", "1", "true", "off", "63", "99999999999", "restart", "continue",
               "begin", "separate", "end", "double", "F0FE", "zzzz", "9", "http://elsewhere.example/x",
               r"\\elsewhere\x", "\u0660\u0661", "²", "a" * 3000)  # fmt: skip
_NAMES = ("p", "r", "t", "tbl", "tr", "tc", "tcPr", "trPr", "pPr", "rPr", "sdt", "sdtPr",
          "sdtContent", "ins", "del", "moveFrom", "moveTo", "hyperlink", "fldSimple", "instrText",
          "fldChar", "sym",
          "customXml", "smartTag", "txbxContent", "drawing", "pict", "object", "vMerge", "gridSpan",
          "hMerge", "br", "tab", "ruby", "rubyBase", "body", "document", "bdo", "style",
          "outlineLvl", "numPr")  # fmt: skip
_FRAGMENTS = (
    '<w:r><w:fldChar w:fldCharType="begin"/></w:r>',
    '<w:r><w:fldChar w:fldCharType="separate"/></w:r>',
    '<w:r><w:fldChar w:fldCharType="end"/></w:r>',
    "<w:r><w:instrText> TOC \\o </w:instrText></w:r>",
    "<w:r><w:instrText>DDEAUTO</w:instrText></w:r>",
    '<w:fldSimple w:instr="INCLUDETEXT &quot;//x/y&quot;"><w:r><w:t>x</w:t></w:r></w:fldSimple>',
    '<w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:ddList><w:result w:val="9"/>'
    '<w:listEntry w:val="x"/></w:ddList></w:ffData></w:fldChar></w:r>',
    "<w:sdt><w:sdtPr><w14:checkbox/></w:sdtPr><w:sdtContent><w:r><w:t>☒</w:t></w:r></w:sdtContent>"
    "</w:sdt>",
    "<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr></w:sdt>",
    "<mc:AlternateContent/>",
    '<mc:AlternateContent><mc:Choice Requires="x"><w:p/></mc:Choice><mc:Fallback><w:tbl><w:tr/>'
    "</w:tbl></mc:Fallback></mc:AlternateContent>",
    "<w:tbl><w:tr><w:tc/></w:tr></w:tbl>",
    "<w:tr><w:tc><w:p/></w:tc></w:tr>",
    '<w:tc><w:tcPr><w:gridSpan w:val="70"/><w:vMerge/></w:tcPr></w:tc>',
    "<w:pPr><w:rPr><w:del/></w:rPr></w:pPr>",
    '<w:trPr><w:del/><w:gridBefore w:val="5"/></w:trPr>',
    "<w:r><w:pict><v:shape><v:textbox><w:txbxContent><w:tbl><w:tr><w:tc><w:p><w:r><w:t>in</w:t>"
    "</w:r></w:p></w:tc></w:tr></w:tbl></w:txbxContent></v:textbox></v:shape></w:pict></w:r>",
    '<w:r><w:sym w:font="Wingdings" w:char="FFFFFFFF"/></w:r>',
    "<m:oMath><m:r><m:t>x</m:t></m:r></m:oMath>",
    "<w:p><w:p><w:r><w:t>p in p</w:t></w:r></w:p></w:p>",
)  # fmt: skip


def _opened(data: bytes) -> Members:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return [(info.filename, archive.read(info)) for info in archive.infolist()]
    except Exception:
        return []


def _zipped(members: Members) -> bytes:
    return packed({name or "x": content for name, content in members})


def _of_members(change: Callable[[Members, Random], None]) -> Mutation:
    def mutated(data: bytes, chance: Random) -> bytes:
        members = _opened(data)
        if not members:
            return data
        change(members, chance)
        return _zipped(members)

    mutated.__name__ = change.__name__
    return mutated


def _of_elements(change: Callable[[list[etree._Element], Random], None]) -> Mutation:
    """A change of the elements of one XML part, mostly the main one."""

    def mutated(data: bytes, chance: Random) -> bytes:
        members = _opened(data)
        parts = [at for at, (name, _) in enumerate(members) if name.endswith((".xml", ".rels"))]
        main = [at for at in parts if members[at][0].endswith("document.xml")]
        if not parts:
            return data
        at = chance.choice(main if main and chance.random() < 0.7 else parts)
        try:
            root = etree.fromstring(members[at][1])
            change([e for e in root.iter() if isinstance(e.tag, str)], chance)
            members[at] = (members[at][0], etree.tostring(root.getroottree(), encoding="utf-8"))
        except (etree.LxmlError, ValueError):
            return data
        return _zipped(members)

    mutated.__name__ = change.__name__
    return mutated


def member_dropped(members: Members, chance: Random) -> None:
    del members[chance.randrange(len(members))]


def member_renamed(members: Members, chance: Random) -> None:
    at = chance.randrange(len(members))
    name = members[at][0]
    odd = (
        name.upper(),
        "/" + name,
        name + "/x",
        name.replace("/", "\\"),
        "word/" + name,
        "ünï.xml",
    )
    members[at] = (chance.choice(odd), members[at][1])


def members_swapped(members: Members, chance: Random) -> None:
    one, other = chance.randrange(len(members)), chance.randrange(len(members))
    (a, x), (b, y) = members[one], members[other]
    members[one], members[other] = (a, y), (b, x)


def member_mangled(members: Members, chance: Random) -> None:
    at = chance.randrange(len(members))
    members[at] = (members[at][0], chance.choice(bytewise.MUTATIONS)(members[at][1], chance))


def member_recoded(members: Members, chance: Random) -> None:
    at = chance.randrange(len(members))
    text = members[at][1].decode("utf-8", "replace").replace("UTF-8", "{}").replace("utf-8", "{}")
    coding = chance.choice(("utf-16", "utf-16-le", "utf-8-sig", "utf-7", "cp037", "latin-1"))
    members[at] = (members[at][0], text.replace("{}", coding).encode(coding, "replace"))


def element_gone(elements: list[etree._Element], chance: Random) -> None:
    gone = chance.choice(elements)
    if gone.getparent() is not None:
        gone.getparent().remove(gone)


def element_again(elements: list[etree._Element], chance: Random) -> None:
    chance.choice(elements).append(deepcopy(chance.choice(elements[1:] or elements)))


def element_elsewhere(elements: list[etree._Element], chance: Random) -> None:
    one, other = chance.choice(elements), chance.choice(elements)
    if one.getparent() is not None and one not in (other, *other.iterancestors()):
        other.insert(chance.randrange(len(other) + 1), one)


def element_wrapped(elements: list[etree._Element], chance: Random) -> None:
    inner = chance.choice(elements)
    parent = inner.getparent()
    if parent is not None:
        at = parent.index(inner)
        outer = etree.Element(f"{{{W}}}{chance.choice(_NAMES)}")
        outer.append(inner)
        parent.insert(at, outer)


def element_unwrapped(elements: list[etree._Element], chance: Random) -> None:
    outer = chance.choice(elements)
    parent = outer.getparent()
    if parent is not None:
        at = parent.index(outer)
        parent[at : at + 1] = list(outer)


def element_renamed(elements: list[etree._Element], chance: Random) -> None:
    chance.choice(elements).tag = f"{{{W}}}{chance.choice(_NAMES)}"


def attribute_changed(elements: list[etree._Element], chance: Random) -> None:
    attributed = [element for element in elements if element.attrib]
    if attributed:
        one = chance.choice(attributed)
        one.set(chance.choice(list(one.attrib)), chance.choice(_ODD_VALUES))


def attribute_added(elements: list[etree._Element], chance: Random) -> None:
    name = chance.choice(("val", "type", "styleId", "fldCharType", "font", "char", "instr"))
    chance.choice(elements).set(f"{{{W}}}{name}", chance.choice(_ODD_VALUES))


def text_changed(elements: list[etree._Element], chance: Random) -> None:
    odd = (
        "31/02/2008",
        "?1/1/08",
        "25:61",
        "\u202ex",
        "7/12",
        "²/³",
        "١/٢/٢٠٠٨",
        "x" * 9000,
        "",
        " ",
    )
    chance.choice(elements).text = chance.choice(odd)


def fragment_put_in(elements: list[etree._Element], chance: Random) -> None:
    fragment = etree.fromstring(f"<x {DECLARED}>{chance.choice(_FRAGMENTS)}</x>")[0]
    into = chance.choice(elements)
    into.insert(chance.randrange(len(into) + 1), fragment)


def element_nested(elements: list[etree._Element], chance: Random) -> None:
    into, name = chance.choice(elements), chance.choice(_NAMES)
    for _ in range(chance.choice((3, 30, 200, 300))):
        into = etree.SubElement(into, f"{{{W}}}{name}")


MUTATIONS: tuple[Mutation, ...] = (
    *map(_of_members, (member_dropped, member_renamed, members_swapped, member_mangled,
                       member_recoded)),
    *map(_of_elements, (element_gone, element_again, element_elsewhere, element_wrapped,
                        element_unwrapped, element_renamed, attribute_changed, attribute_added,
                        text_changed, fragment_put_in, element_nested)),
)  # fmt: skip
