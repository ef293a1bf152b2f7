"""Pictures, shapes and text boxes, and what else may be wrapped around paragraphs, rows and
cells."""

from __future__ import annotations

from collections.abc import Iterator

from handlers.readers.word import fields, xml
from handlers.readers.word.fields import ContentControl
from handlers.readers.word.xml import Element

_KNOWN = (
    "http://schemas.microsoft.com/office/",
    "http://schemas.openxmlformats.org/",
    "http://purl.oclc.org/ooxml/",
    "urn:schemas-microsoft-com:",
)
# Elements that show something, by local name: DrawingML first, then VML.
_SHOWN = frozenset({
    "pic", "chart", "relIds", "contentPart", "wgp", "wpc", "cxnSp",
    "imagedata", "group", "line", "polyline", "curve", "arc", "oval",
})  # fmt: skip
_VML_SHAPES = frozenset({"shape", "rect", "roundrect"})
_PLAIN_OUTLINES = (None, "rect", "roundRect")
_TEXT_ON_A_PATH = "{urn:schemas-microsoft-com:vml}textpath"
_RULE = f"{{{xml.OFFICE}}}hr"


def shown_branch(alternate: Element) -> Element | None:
    """The branch of an mc:AlternateContent that Word shows."""
    for branch in alternate:
        if branch.tag == xml.FALLBACK or (branch.tag == xml.CHOICE and _understood(branch)):
            return branch
    return None


def is_unshown(element: Element) -> bool:
    """True inside a branch that is not shown."""
    return any(
        above.tag in (xml.CHOICE, xml.FALLBACK) and _unshown(above)
        for above in element.iterancestors()
    )


def find_text_boxes(drawing: Element) -> list[Element]:
    """The contents of its text boxes, in order."""
    return [part for part in _shown(drawing) if part.tag in xml.TEXT_BOX]


def contains_picture(drawing: Element) -> bool:
    """True if it shows anything besides text boxes."""
    return any(_is_seen(part) for part in _shown(drawing))


def watermark_texts(margin: Element) -> Iterator[str]:
    """What is written in large letters across the page, which no paragraph holds: "DRAFT"."""
    for path in margin.iter(_TEXT_ON_A_PATH):
        written = (path.get("string") or "").strip()
        if written and not is_unshown(path):
            yield written


def _understood(choice: Element) -> bool:
    required = (choice.get("Requires") or "").split()
    return all((choice.nsmap.get(prefix) or "").startswith(_KNOWN) for prefix in required)


def _unshown(branch: Element) -> bool:
    parent = branch.getparent()
    return parent is not None and shown_branch(parent) is not branch


def _shown(drawing: Element) -> Iterator[Element]:
    """Its elements in order, one branch of each choice, not looking inside text boxes."""
    waiting = [drawing]
    while waiting:
        part = waiting.pop()
        if part.tag == xml.ALTERNATE:
            branch = shown_branch(part)
            waiting.extend(() if branch is None else reversed(branch))
            continue
        yield part
        if part.tag not in xml.TEXT_BOX:
            waiting.extend(reversed(part))


def _is_seen(part: Element) -> bool:
    name = xml.local_name(part)
    if name == "wsp":
        return not _is_text_box(part)
    if name in _VML_SHAPES:
        holds_text = any(xml.local_name(inner) == "textbox" for inner in part)
        return not holds_text and part.get(_RULE) is None
    return name in _SHOWN


def _is_text_box(shape: Element) -> bool:
    """A box with text and no drawn outline of its own."""
    inner = {xml.local_name(part): part for part in shape}
    if "txbx" not in inner:
        return False
    if "cNvSpPr" in inner and inner["cNvSpPr"].get("txBox") in ("1", "true"):
        return True
    outlines = [part.get("prst") for part in shape.iter("{*}prstGeom")]
    return (outlines[0] if outlines else None) in _PLAIN_OUTLINES


# Whole blocks that were inserted, or moved to here.
_ARRIVED = xml.qualified_names("ins", "moveTo")


def unwrap_content(part: Element, within: ContentControl) -> tuple[Element | None, ContentControl]:
    """The content of a wrapper, None if it is none, and the controls around that content."""
    if part.tag in xml.SDT:
        content = xml.first_child(part, xml.SDT_CONTENT)
        return content, within.enclose_control(fields.read_control(part))
    if part.tag in xml.WRAPPERS or part.tag in _ARRIVED:
        return part, within
    if part.tag == xml.ALTERNATE:
        return shown_branch(part), within
    return None, within


def controls_around(element: Element) -> ContentControl:
    """The content controls around an element, taken together."""
    together = fields.NO_CONTROL
    for wrapper in reversed(list(element.iterancestors(*xml.SDT))):
        together = together.enclose_control(fields.read_control(wrapper))
    return together
