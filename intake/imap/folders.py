"""How folders are called on this server: people write "Returns/New", servers differ.

Does: turns a folder's name from the settings into the server's, by its separator and the prefix
its personal folders have, and makes a folder that is missing.
Trusts: the settings.
Never touches: messages.
Known limits: a server that does not tell its separator is taken to have "/".
"""

from __future__ import annotations

import imaplib
from contextlib import suppress
from dataclasses import dataclass

from intake.imap.client import Client

INBOX = "INBOX"


@dataclass(frozen=True, slots=True)
class Naming:
    """One server's way with names: its separator, and the prefix of personal folders."""

    separator: str = "/"
    prefix: str = ""

    def of(self, folder: str) -> str:
        """The server's name for a folder. INBOX is called so everywhere (RFC 3501, 5.1)."""
        first, *rest = folder.split("/")
        if first.upper() == INBOX:
            return self.separator.join([INBOX, *rest])
        name = self.separator.join([first, *rest])
        return name if name.startswith(self.prefix) else self.prefix + name


def naming(client: Client) -> Naming:
    """As the server tells it."""
    if client.has_capability("NAMESPACE"):
        personal = client.namespace()[0]
        if personal:
            prefix, separator = personal[0]
            return Naming(separator or "/", prefix or "")
    listed = client.list_folders("", "")  # RFC 3501, 6.3.8: an empty pattern asks for this
    separator = listed[0][1] if listed else None
    return Naming(separator.decode("ascii", "replace") if separator else "/")


def make(client: Client, folder: str) -> bool:
    """See that it is there, under the server's own name. False when it cannot be made."""
    try:
        if client.folder_exists(folder):
            return True
        client.create_folder(folder)
    except imaplib.IMAP4.abort:
        raise
    except imaplib.IMAP4.error:
        return False
    with suppress(imaplib.IMAP4.error):  # a matter of looks: mail programs show what is subscribed
        client.subscribe_folder(folder)
    return True
