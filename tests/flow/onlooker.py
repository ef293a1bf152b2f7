"""Somebody else, who looks at a folder and a register while the service works on them.

Does: says which arrivals are neither at their source nor in the spool, and reads what is committed.
Trusts: nothing; it opens a connection of its own each time.
Never touches: what it looks at.
Known limits: none.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import closing
from pathlib import Path
from typing import Any

from sqlite_utils.utils import sqlite3  # type: ignore[attr-defined]  # the build it picked

from intake.vault import Vault


class Onlooker:
    """`arrivals` is what came, by its path in `folder`."""

    def __init__(self, folder: Path, vault: Vault, arrivals: Mapping[str, bytes]) -> None:
        self._folder = folder
        self._vault = vault
        self._arrivals = arrivals

    def rows(self, sql: str) -> list[tuple[Any, ...]]:
        """What is committed."""
        with closing(sqlite3.connect(self._folder / "register.db")) as connection:
            return list(connection.execute(sql))

    def missing(self) -> list[str]:
        """What is neither at its source nor in the spool, whole."""
        spooled = {row[0] for row in self.rows("SELECT content FROM deliveries")}
        return [
            name
            for name, content in self._arrivals.items()
            if not self._at_source(name, content) and not self._in_spool(content, spooled)
        ]

    def left(self) -> list[str]:
        """What is still at its source, whole or not."""
        return [name for name in self._arrivals if (self._folder / name).exists()]

    def _at_source(self, name: str, content: bytes) -> bool:
        path = self._folder / name
        return path.exists() and path.read_bytes() == content

    def _in_spool(self, content: bytes, spooled: set[str]) -> bool:
        mark = self._vault.keyed_hash(content)
        return mark in spooled and self._vault.read_original(mark) == content
