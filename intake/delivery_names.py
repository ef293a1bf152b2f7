"""Seals what folders and files are called: agencies name them, and may name them after a child
(promise 7). What is called after a document goes with its key."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import asdict, replace
from typing import Any

from intake.destroyed_originals import DestroyedOriginals
from intake.journal import JournalLine, TakenDelivery
from intake.vault import SealBroken, Vault

AGENCY_NAME, CASE_HINT, FILE_NAME = "agency", "hint", "name"  # what each seal is about


class DeliveryNames:
    """The names of one register's deliveries."""

    def __init__(self, vault: Vault, destroyed: DestroyedOriginals) -> None:
        self._vault = vault
        self._destroyed = destroyed

    def seal(self, name: str | None, about: str, content: str | None = None) -> bytes | None:
        """With its `content`, where it is called after that."""
        if name is None:
            return None
        if content is None:
            return self._vault.seal_bytes(os.fsencode(name), about)
        return self._vault.seal_with_document(os.fsencode(name), about, content)

    def unseal(self, sealed: bytes | None, about: str) -> str | None:
        """None also for what was destroyed."""
        opened = None if sealed is None else self._destroyed.unseal_or_none(sealed, about)
        return None if opened is None else os.fsdecode(opened)

    def journal_facts(self, taken: TakenDelivery) -> dict[str, Any]:
        """What the journal keeps of an arrival, its names sealed."""
        sealed = {
            "hint": self.seal(taken.hint, CASE_HINT, taken.content),
            "name": self.seal(taken.name, FILE_NAME, taken.content),
        }
        return asdict(taken) | {key: name.hex() if name else None for key, name in sealed.items()}


def read_taken_delivery(line: JournalLine, vaults: Sequence[Vault]) -> TakenDelivery:
    """What a line of the journal tells of an arrival. Its names open while one of these vaults has
    the key of the document: None for what went with it."""
    taken = TakenDelivery.from_facts(line.facts)
    hint, name = (
        next(filter(None, (_opened(vault, sealed, about) for vault in vaults)), None)
        for sealed, about in ((taken.hint, CASE_HINT), (taken.name, FILE_NAME))
    )
    return replace(taken, hint=hint, name=name)


def _opened(vault: Vault, sealed: str | None, about: str) -> str | None:
    try:
        opened = vault.unseal_bytes(bytes.fromhex(sealed), about) if sealed else None
    except SealBroken:
        return None
    return None if opened is None else os.fsdecode(opened)
