"""Writes docs/licences.md: the licence of each library that a board installs, as it says itself."""

from __future__ import annotations

from importlib import metadata

from tools.locked_requirements import LockedLibrary, libraries_to_run

_HEADING = """# Licences

Written by `tools/write-docs` from the lock and from what each library says of itself. scr-intake is
under Apache-2.0 (`LICENSE`). The last column is the extra that brings a library; without one it is
always installed. "Not said": its metadata names none, and the text lies in its package.
The same list, with the hash of each file, is the bill of materials (CycloneDX) that
`.venv/bin/python -m tools.bill_of_materials FILE` writes; it lies in each wheelhouse.

| library | version | licence | extra |
|---|---|---|---|
"""
UNKNOWN = "not said"
_CLASSIFIER = "License :: OSI Approved :: "
_LONGEST = 60  # signs; who writes the whole text of a licence into the field names it elsewhere


def licence_of(name: str) -> str:
    """An SPDX expression where the library has one, else the words that it uses."""
    try:
        told = metadata.metadata(name)
    except metadata.PackageNotFoundError:
        return UNKNOWN
    classified = [
        each.removeprefix(_CLASSIFIER)
        for each in told.get_all("Classifier") or []
        if each.startswith(_CLASSIFIER)
    ]
    field = (told.get("License") or "").strip()
    short = field if field and "\n" not in field and len(field) <= _LONGEST else ""
    return told.get("License-Expression") or short or " AND ".join(classified) or UNKNOWN


def _row(each: LockedLibrary) -> str:
    extra = f"`{each.extra}`" if each.extra else ""
    return f"| {each.name} | {each.version} | {licence_of(each.name)} | {extra} |"


def licences_page_text() -> str:
    return _HEADING + "\n".join(map(_row, libraries_to_run())) + "\n"
