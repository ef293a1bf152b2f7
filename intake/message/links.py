"""Links to where a document really is: sealed-mail portals and file-sharing sites.

Does: recognises them by host and path in a mail's text.
Trusts: nothing.
Never touches: the network. A link is never followed; a person is told that one is there.
Known limits: a service not in the table goes unseen, and the mail is then one with nothing
attached. Links that a filter has rewritten are read as far as percent-encoding goes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from urllib.parse import unquote

# (host or the end of one, start of the path in lower case, what it is)
_SERVICES: tuple[tuple[str, str, str], ...] = (
    ("switch.egress.com", "/", "sealed-link"),
    ("reader.egress.com", "/", "sealed-link"),
    ("api.egress.com", "/", "sealed-link"),
    ("outlook.office365.com", "/encryption", "sealed-link"),
    ("outlook.office.com", "/encryption", "sealed-link"),
    ("res.cisco.com", "/", "sealed-link"),
    ("securemail.proofpoint.com", "/", "sealed-link"),
    ("zixmail.net", "/", "sealed-link"),
    ("zixmessagecenter.com", "/", "sealed-link"),
    ("galaxkey.com", "/", "sealed-link"),
    ("mailsafe.mimecast.com", "/", "sealed-link"),
    ("sharepoint.com", "/", "share-link"),
    ("1drv.ms", "/", "share-link"),
    ("onedrive.live.com", "/", "share-link"),
    ("we.tl", "/", "share-link"),
    ("wetransfer.com", "/", "share-link"),
    ("drive.google.com", "/", "share-link"),
    ("docs.google.com", "/", "share-link"),
    ("dropbox.com", "/", "share-link"),
    ("box.com", "/s/", "share-link"),
    ("sharefile.com", "/", "share-link"),
    ("sharefile.eu", "/", "share-link"),
    ("transfernow.net", "/", "share-link"),
    ("mega.nz", "/", "share-link"),
)
# Voltage gives every customer a host of its own: voltage-pp-0000.agency.example.
_VOLTAGE = re.compile(r"voltage-[a-z]{2}-\d{4}\.")

# Only the scheme is consumed, so that a link inside a link is met too.
_LINK = re.compile(
    r"https?://(?=(?:[^\s/\"'<>@?#]{1,100}@)?([a-z0-9.-]{1,253})(?::\d{1,5})?(/[^\s\"'<>?#]{0,40})?)",
    re.I,
)
_MOST = 2_000


def troubles(texts: Iterable[str]) -> list[str]:
    """ "sealed-link" and "share-link", each where some text has such a link."""
    found: dict[str, None] = {}
    for text in texts:
        for host, path in _links(unquote(text)):
            found.update(dict.fromkeys(_services(host, path)))
    return list(found)


def _links(text: str) -> Iterable[tuple[str, str]]:
    """(host, path) of each link, those inside another link's query included."""
    for count, match in enumerate(_LINK.finditer(text)):
        if count >= _MOST:
            return
        yield match[1].lower().rstrip("."), (match[2] or "/").lower()


def _services(host: str, path: str) -> Iterable[str]:
    if _VOLTAGE.match(host):
        yield "sealed-link"
    for name, start, means in _SERVICES:
        if (host == name or host.endswith("." + name)) and path.startswith(start):
            yield means
