"""Does a target that a document names lead to the network?

Does: reads an address as Word would: URL, file URL, UNC path, drive path or relative path.
Trusts: nothing. Anything with a scheme that is not known to be local counts as the network.
Never touches: the network.
Known limits: a drive letter may be a mapped share; on the reader's machine it is his own.
"""

from __future__ import annotations

import re
from urllib.parse import unquote

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
