"""The parts of a package: what type each is of, what points to what, and what points to the
network."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice
from urllib.parse import unquote

from handlers.readers.word import xml
from handlers.readers.word.errors import Damaged, Dangerous, Refusal, TooBig
from handlers.readers.word.package import Package

_SILENT = re.compile(r"[\x00-\x20\x7f]")
_DRIVE = re.compile(r"(?://[?.]/|/{0,3}(?:localhost/)?)[a-z]:(?:/|[^/]*$)", re.I)
_SCHEME = re.compile(r"[a-z][a-z0-9+.\-]*:", re.I)
_LOCAL_FILE = re.compile(r"/?[^/]|///[^/]|/?$|//localhost/[^/]", re.I)


def reaches_network(target: str) -> bool:
    """True for http, https, ftp, UNC (`\\\\server`, `//server`, `file://server`) and the like.

    >>> reaches_network("file:///C:/Users/x/Normal.dotm"), reaches_network("file://server/x.dotm")
    (False, True)
    """
    plain = _SILENT.sub("", unquote(unquote(target))).replace("\\", "/")
    if plain.lower().startswith("file:"):
        rest = plain[5:]
        return not (_DRIVE.match(rest) or _LOCAL_FILE.match(rest))
    if _DRIVE.match(plain):
        return False
    return plain.startswith(("//", "/??/")) or bool(_SCHEME.match(plain))


MOST_RELATIONS = 20_000  # a document with a link in every row has a few thousand
CONTENT_TYPES = "[content_types].xml"
MAIN_TYPES = (
    "wordprocessingml.document.main+xml",
    "wordprocessingml.template.main+xml",
    "word.document.macroenabled.main+xml",
    "word.template.macroenabledtemplate.main+xml",
)


@dataclass(frozen=True, slots=True)
class Relation:
    """One relationship. `source` is the part it starts from, "" for the package itself.

    `type` is in lower case; `part` is the target's name inside the package, in lower case, ""
    when it lies outside.
    """

    source: str
    type: str
    target: str
    part: str

    @property
    def kind(self) -> str:
        return self.type.rpartition("/")[2]


class Parts:
    """Types and relations of a package.

    Raises Damaged when its lists are malformed, Dangerous("package") when the package has two main
    parts, and TooBig above MOST_RELATIONS; `otherwise` when it has none of `main_types`.
    """

    def __init__(
        self,
        package: Package,
        main_types: tuple[str, ...] = MAIN_TYPES,
        otherwise: Callable[[], Refusal] = Damaged,
    ) -> None:
        self._types = _types(package)
        self.names = package.names
        self.relations = tuple(islice(_relations(package), MOST_RELATIONS + 1))
        if len(self.relations) > MOST_RELATIONS:
            raise TooBig
        self._present = frozenset(package.names)
        self.main = self._main(main_types, otherwise)

    def type(self, name: str) -> str:
        """The part's content type in lower case, "" when none is given."""
        extension = name.rpartition(".")[2]
        return self._types.get("/" + name) or self._types.get(extension, "")

    def of_kind(self, kind: str, source: str | None = None) -> list[str]:
        """The parts that `source` (the main part unless given) relates to as `kind`, in order."""
        start = self.main if source is None else source
        found = [r.part for r in self.relations if r.source == start and r.kind == kind]
        return [part for part in dict.fromkeys(found) if part in self._present]

    def _main(self, types: tuple[str, ...], otherwise: Callable[[], Refusal]) -> str:
        found = self.of_kind("officedocument", source="")
        if len(found) > 1:
            raise Dangerous("package")
        if not found or not self.type(found[0]).endswith(types):
            raise otherwise()
        return found[0]


def _types(package: Package) -> dict[str, str]:
    """Content types by "/part/name" or by extension, all in lower case."""
    if CONTENT_TYPES not in package:
        raise Damaged
    found: dict[str, str] = {}
    for entry in xml.whole(package.whole(CONTENT_TYPES)):
        name = entry.get("PartName") if xml.local(entry) == "Override" else entry.get("Extension")
        if name:
            found[unquote(name).casefold()] = (entry.get("ContentType") or "").strip().casefold()
    return found


def _relations(package: Package) -> Iterator[Relation]:
    for name in package.names:
        if name.endswith(".rels"):
            for entry in xml.whole(package.whole(name)):
                yield relation(source_of(name), entry)


def source_of(name: str) -> str:
    """The part whose relations a .rels part lists, "" for the package itself."""
    folder, _, file = name.rpartition("/")
    return posixpath.join(posixpath.dirname(folder), file.removesuffix(".rels"))


def relation(source: str, entry: xml.Element) -> Relation:
    """The relation that an element of a .rels part says."""
    target = entry.get("Target") or ""
    external = (entry.get("TargetMode") or "").casefold() == "external"
    kind = (entry.get("Type") or "").strip().casefold()
    return Relation(source, kind, target, "" if external else _inside(source, target))


def _inside(source: str, target: str) -> str:
    path = unquote(target).partition("#")[0].casefold()
    joined = posixpath.join("/", posixpath.dirname(source), path)
    return posixpath.normpath(joined).lstrip("/")
