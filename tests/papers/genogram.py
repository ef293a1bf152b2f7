"""A genogram drawn with Word's own shapes: who is in the family, and how they are joined.

Does: yields the drawing as XML, in the symbols of the toolkit's guide k): a square for a man, a
circle for a woman, a triangle where gender is not given, a broken line for a passing relationship
and a stroke across the line for a separation.
Trusts: nothing; the family is always the made-up one of case N12.
Never touches: files, the clock.
Known limits: Word 2010 or later draws it; older programs show nothing in its place.
"""

from __future__ import annotations

from docx.oxml.ns import nsdecls

_MM = 36000  # English Metric Units in a millimetre, Word's measure for drawings
_WIDE, _HIGH = 150, 60  # millimetres
_SPACES = (
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wpg="http://schemas.microsoft.com/office/word/2010/wordprocessingGroup" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
)

# Millimetres from the left and top, then width and height.
_SHAPES = (
    ("rect", (12, 4, 14, 14), ""),
    ("ellipse", (62, 4, 14, 14), ""),
    ("rect", (112, 4, 14, 14), ""),
    ("triangle", (37, 36, 14, 13), ""),
    ("line", (26, 11, 36, 0), ""),
    ("line", (47, 7, 4, 8), ""),
    ("line", (76, 11, 36, 0), "dash"),
    ("line", (92, 7, 4, 8), ""),
    ("line", (44, 11, 0, 25), ""),
)
_LABELS = (
    ((2, 19, 36, 8), "Father, not known to agency"),
    ((50, 19, 40, 8), "Mother, born 1986"),
    ((98, 19, 44, 8), "Former partner, to 2007"),
    ((20, 50, 50, 8), "Child N, born May 2007"),
)


def genogram_xml() -> str:
    """The XML of a run that holds the drawing, to be put into a paragraph."""
    shapes = [_shape(kind, box, dash) for kind, box, dash in _SHAPES]
    labels = [_label(box, text) for box, text in _LABELS]
    size = f'cx="{_WIDE * _MM}" cy="{_HIGH * _MM}"'
    frame = f'<a:xfrm><a:off x="0" y="0"/><a:ext {size}/><a:chOff x="0" y="0"/><a:chExt {size}/></a:xfrm>'  # noqa: E501
    return (
        f'<w:r {nsdecls("w", "wp", "a")} {_SPACES}><mc:AlternateContent><mc:Choice Requires="wpg">'
        f'<w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent {size}/>'
        '<wp:docPr id="900" name="Genogram" descr="Genogram of the family of Child N"/>'
        '<a:graphic><a:graphicData uri="http://schemas.microsoft.com/office/word/2010/wordprocessingGroup">'
        f"<wpg:wgp><wpg:cNvGrpSpPr/><wpg:grpSpPr>{frame}</wpg:grpSpPr>{''.join(shapes + labels)}"
        "</wpg:wgp></a:graphicData></a:graphic></wp:inline></w:drawing></mc:Choice>"
        "</mc:AlternateContent></w:r>"
    )


def _shape(kind: str, box: tuple[int, int, int, int], dash: str) -> str:
    fill = (
        "<a:noFill/>" if kind == "line" else '<a:solidFill><a:srgbClr val="FFFFFF"/></a:solidFill>'
    )
    stroke = f'<a:prstDash val="{dash}"/>' if dash else ""
    ink = f'<a:ln w="15875"><a:solidFill><a:srgbClr val="1F2A44"/></a:solidFill>{stroke}</a:ln>'
    return (
        f"<wps:wsp><wps:cNvSpPr/><wps:spPr>{_place(box)}"
        f'<a:prstGeom prst="{kind}"><a:avLst/></a:prstGeom>{fill}{ink}</wps:spPr><wps:bodyPr/>'
        "</wps:wsp>"
    )


def _label(box: tuple[int, int, int, int], text: str) -> str:
    return (
        f'<wps:wsp><wps:cNvSpPr txBox="1"/><wps:spPr>{_place(box)}<a:prstGeom prst="rect">'
        "<a:avLst/></a:prstGeom><a:noFill/></wps:spPr><wps:txbx><w:txbxContent><w:p><w:pPr>"
        '<w:spacing w:after="0"/><w:jc w:val="center"/></w:pPr><w:r><w:rPr><w:sz w:val="16"/>'
        f"</w:rPr><w:t>{text}</w:t></w:r></w:p></w:txbxContent></wps:txbx>"
        '<wps:bodyPr lIns="0" tIns="0" rIns="0" bIns="0"/></wps:wsp>'
    )


def _place(box: tuple[int, int, int, int]) -> str:
    left, top, width, height = (side * _MM for side in box)
    return f'<a:xfrm><a:off x="{left}" y="{top}"/><a:ext cx="{width}" cy="{height}"/></a:xfrm>'
