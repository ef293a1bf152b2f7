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
from handlers.readers.word.errors import DamagedFile, DangerousFile, FileTooBig, UnreadableFile
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


MAX_RELATIONS = 20_000  # a document with a link in every row has a few thousand
CONTENT_TYPES_PART = "[content_types].xml"
MAIN_TYPES = (
    "wordprocessingml.document.main+xml",
    "wordprocessingml.template.main+xml",
    "word.document.macroenabled.main+xml",
    "word.template.macroenabledtemplate.main+xml",
)


@dataclass(frozen=True, slots=True)
class PartRelation:
    """One relationship. `source` is the part it starts from, "" for the package itself.

    `type` is in lower case; `part` is the target's name inside the package, in lower case, ""
    when it lies outside.
    """

    source: str
    type: str
    target: str
    part: str

    @property
    def short_type(self) -> str:
        return self.type.rpartition("/")[2]


class PackageParts:
    """Types and relations of a package.

    Raises DamagedFile when its lists are malformed, DangerousFile("package") when the package has
    two main parts, and FileTooBig above MAX_RELATIONS; `otherwise` when it has none of
    `main_types`.
    """

    def __init__(
        self,
        package: Package,
        main_types: tuple[str, ...] = MAIN_TYPES,
        otherwise: Callable[[], UnreadableFile] = DamagedFile,
    ) -> None:
        self._types = _types(package)
        self.names = package.member_names
        self.relations = tuple(islice(_relations(package), MAX_RELATIONS + 1))
        if len(self.relations) > MAX_RELATIONS:
            raise FileTooBig
        self._present = frozenset(package.member_names)
        self.main = self._main(main_types, otherwise)

    def content_type(self, name: str) -> str:
        """The part's content type in lower case, "" when none is given."""
        extension = name.rpartition(".")[2]
        return self._types.get("/" + name) or self._types.get(extension, "")

    def related_parts(self, kind: str, source: str | None = None) -> list[str]:
        """The parts that `source` (the main part unless given) relates to as `kind`, in order."""
        start = self.main if source is None else source
        found = [r.part for r in self.relations if r.source == start and r.short_type == kind]
        return [part for part in dict.fromkeys(found) if part in self._present]

    def _main(self, types: tuple[str, ...], otherwise: Callable[[], UnreadableFile]) -> str:
        found = self.related_parts("officedocument", source="")
        if len(found) > 1:
            raise DangerousFile("package")
        if not found or not self.content_type(found[0]).endswith(types):
            raise otherwise()
        return found[0]


def _types(package: Package) -> dict[str, str]:
    """Content types by "/part/name" or by extension, all in lower case."""
    if CONTENT_TYPES_PART not in package:
        raise DamagedFile
    found: dict[str, str] = {}
    for entry in xml.parse_part(package.read_member(CONTENT_TYPES_PART)):
        name = (
            entry.get("PartName") if xml.local_name(entry) == "Override" else entry.get("Extension")
        )
        if name:
            found[unquote(name).casefold()] = (entry.get("ContentType") or "").strip().casefold()
    return found


def _relations(package: Package) -> Iterator[PartRelation]:
    for name in package.member_names:
        if name.endswith(".rels"):
            for entry in xml.parse_part(package.read_member(name)):
                yield read_relation(source_of_relations(name), entry)


def source_of_relations(name: str) -> str:
    """The part whose relations a .rels part lists, "" for the package itself."""
    folder, _, file = name.rpartition("/")
    return posixpath.join(posixpath.dirname(folder), file.removesuffix(".rels"))


def read_relation(source: str, entry: xml.Element) -> PartRelation:
    """The relation that an element of a .rels part says."""
    target = entry.get("Target") or ""
    external = (entry.get("TargetMode") or "").casefold() == "external"
    kind = (entry.get("Type") or "").strip().casefold()
    return PartRelation(source, kind, target, "" if external else _inside(source, target))


def _inside(source: str, target: str) -> str:
    path = unquote(target).partition("#")[0].casefold()
    joined = posixpath.join("/", posixpath.dirname(source), path)
    return posixpath.normpath(joined).lstrip("/")
