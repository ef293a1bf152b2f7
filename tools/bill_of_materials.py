"""Writes the bill of materials: CycloneDX 1.5 as JSON, from the lock and what is installed.

    .venv/bin/python -m tools.bill_of_materials OUT.json

The same lock gives the same bytes, so two of them can be compared; it has no time for that reason.
"""

from __future__ import annotations

import json
import sys
import tomllib
import uuid
from importlib import metadata
from pathlib import Path
from typing import Any

from tools.licences_page import licence_of
from tools.locked_requirements import ROOT, LockedLibrary, dependencies_of, libraries_to_run


def bill_of_materials(root: Path = ROOT) -> dict[str, Any]:
    """The program, and each library that a board installs with it."""
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    libraries = libraries_to_run(root)
    own = f"pkg:pypi/{project['name']}@{project['version']}"
    listed = "\n".join(f"{each.name}=={each.version}" for each in libraries)
    names = {each.name: _address(each) for each in libraries}
    asked = {own: _sorted(names, {f"{project['name']}[ocr,sig,m365]"}, project["name"])}
    for each in libraries:
        asked[names[each.name]] = _sorted(names, {each.name}, each.name)
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.5",
        "serialNumber": f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, own + listed)}",
        "version": 1,
        "metadata": {
            "component": {
                "type": "application",
                "bom-ref": own,
                "name": project["name"],
                "version": project["version"],
                "purl": own,
                "licenses": [{"license": {"id": project["license"]}}],
            }
        },
        "components": [_component(each) for each in libraries],
        "dependencies": [{"ref": ref, "dependsOn": on} for ref, on in asked.items()],
    }


def _component(each: LockedLibrary) -> dict[str, Any]:
    return {
        "type": "library",
        "bom-ref": _address(each),
        "name": each.name,
        "version": each.version,
        "scope": "optional" if each.extra else "required",
        "purl": _address(each),
        "hashes": [{"alg": "SHA-256", "content": found} for found in each.hashes],
        "licenses": [{"license": {"name": licence_of(each.name)}}],
    }


def _address(each: LockedLibrary) -> str:
    return f"pkg:pypi/{each.name}@{each.version}"


def _sorted(names: dict[str, str], wanted: set[str], itself: str) -> list[str]:
    """All that it needs, itself or by way of another, that is in the bill."""
    return sorted(names[name] for name in dependencies_of(wanted) - {itself} if name in names)


def missing_libraries(root: Path = ROOT) -> list[str]:
    """What the lock has and this environment has in another version, or not at all."""
    found = []
    for each in libraries_to_run(root):
        try:
            installed = metadata.version(each.name)
        except metadata.PackageNotFoundError:
            installed = "none"
        if installed != each.version and each.is_for(".".join(map(str, sys.version_info[:2]))):
            found.append(f"{each.name}: {each.version} is locked, {installed} is installed")
    return found


if __name__ == "__main__":
    differing = missing_libraries()
    if differing:
        sys.exit("This environment is not the lock's: " + "; ".join(differing))
    text = json.dumps(bill_of_materials(), indent=1) + "\n"
    Path(sys.argv[1]).write_text(text, encoding="utf-8")
