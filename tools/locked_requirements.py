"""Reads what the lock says: each library, its version, its hashes, and who needs it.

The wheelhouse, the bill of materials and the page of licences are all made from this, so they
cannot tell of different libraries.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

from packaging.markers import Marker
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[1]
OPTIONAL = ("ocr", "sig", "m365")  # the extras that a board may install
PYTHONS = ("3.11", "3.12", "3.13", "3.14")
_PINNED = re.compile(r"^([A-Za-z0-9][\w.-]*)==([^\s;\\]+)(?: ; ([^\\\n]+?))?(?: \\)?$")
_HASH = re.compile(r"--hash=sha256:([0-9a-f]{64})")


@dataclass(frozen=True, slots=True)
class LockedLibrary:
    """One library of the lock. `extra` is what asks for it; "" where the service always does."""

    name: str
    version: str
    marker: str
    hashes: tuple[str, ...]
    extra: str = ""

    def is_for(self, python: str) -> bool:
        """Whether that Python on Linux needs it."""
        return not self.marker or Marker(self.marker).evaluate(_environment(python))

    def requirement_text(self) -> str:
        """As pip reads it with `--require-hashes`, without the marker."""
        hashes = [f"    --hash=sha256:{each}" for each in self.hashes]
        return " \\\n".join([f"{self.name}=={self.version}", *hashes])


def read_lock(text: str) -> dict[str, LockedLibrary]:
    """Each library of a file that `tools/lock` wrote, by its name."""
    found: dict[str, LockedLibrary] = {}
    for block in re.split(r"\n(?=\S)", text.strip()):
        first, *rest = block.splitlines()
        pinned = _PINNED.match(first)
        if pinned is None:
            raise ValueError(f"This line of the lock pins no library: {first}")
        hashes = tuple(_HASH.findall("\n".join(rest)))
        name = canonicalize_name(pinned[1])
        found[name] = LockedLibrary(name, pinned[2], (pinned[3] or "").strip(), hashes)
    return found


def libraries_to_run(root: Path = ROOT) -> list[LockedLibrary]:
    """What a board installs: what is always needed first, then what each extra adds. What the lock
    has for an editable install alone is left out."""
    always = read_lock((root / "requirements.txt").read_text(encoding="utf-8"))
    every = read_lock((root / "requirements-dev.txt").read_text(encoding="utf-8"))
    needed = dependencies_of(["scr-intake"])
    found = [each for name, each in always.items() if name in needed]
    seen = {each.name for each in found}
    for extra in OPTIONAL:
        for name in sorted(dependencies_of([f"scr-intake[{extra}]"]) - seen - {"scr-intake"}):
            each = every[name]
            found.append(LockedLibrary(name, each.version, each.marker, each.hashes, extra))
            seen.add(name)
    return [each for each in found if any(each.is_for(python) for python in PYTHONS)]


def dependencies_of(wanted: Iterable[str]) -> set[str]:
    """The names of all that these need on Linux, as the installed libraries say themselves."""
    waiting, seen = [Requirement(each) for each in wanted], set[tuple[str, str]]()
    while waiting:
        one = waiting.pop()
        for extra in ("", *one.extras):
            key = (canonicalize_name(one.name), extra)
            if key not in seen:
                seen.add(key)
                waiting.extend(_asked_by(one.name, extra))
    return {name for name, _ in seen}


def _asked_by(name: str, extra: str) -> list[Requirement]:
    try:
        lines = metadata.requires(name) or []
    except metadata.PackageNotFoundError:
        return []
    asked = [Requirement(line) for line in lines]
    return [
        each
        for each in asked
        if each.marker is None
        or any(each.marker.evaluate({**_environment(p), "extra": extra}) for p in PYTHONS)
    ]


def _environment(python: str) -> Mapping[str, str]:
    return {
        "python_version": python,
        "python_full_version": f"{python}.0",
        "sys_platform": "linux",
        "platform_system": "Linux",
        "os_name": "posix",
        "platform_python_implementation": "CPython",
        "implementation_name": "cpython",
        "extra": "",
    }
