"""The names of SpreadsheetML, in both of its namespaces.

Does: makes tag names that match Transitional and Strict workbooks alike.
Trusts: nothing.
Never touches: anything.
Known limits: a workbook that mixes the two namespaces is read as one.
"""

from __future__ import annotations

TRANSITIONAL = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/spreadsheetml/main"


def tags(*names: str) -> frozenset[str]:
    """The qualified names of SpreadsheetML elements, in both namespaces."""
    return frozenset(f"{{{space}}}{name}" for space in (TRANSITIONAL, STRICT) for name in names)


ROW, CELL = tags("row"), tags("c")
VALUE, INLINE = tags("v"), tags("is")
TEXT, PHONETIC, STRING = tags("t"), tags("rPh"), tags("si")
