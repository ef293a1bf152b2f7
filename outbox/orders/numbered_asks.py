"""The only writer of `numbered_asks`: what a digest asks, written with it."""

from __future__ import annotations

import json
from collections.abc import Iterable

from pydantic import TypeAdapter

from intake.database import RegisterDatabase
from intake.vault import Vault
from outbox.writing.asks import NumberedAsk

NUMBERED_ASK_ADAPTER = TypeAdapter(NumberedAsk)
ASK_SEAL_CONTEXT = "ask"  # what sealed asks are about


def add_numbered_asks(
    database: RegisterDatabase, vault: Vault, letter_id: int, asks: Iterable[NumberedAsk]
) -> None:
    """With what there was to see when the digest was written. Call inside the transaction that
    queues it."""
    for ask in asks:
        database.execute_insert(
            "INSERT INTO numbered_asks (letter_id, number, sort, items, entry_seen,"
            " decision_seen, sealed) VALUES (?, ?, ?, ?,"
            " (SELECT ifnull(max(id), 0) FROM entries),"
            " (SELECT ifnull(max(id), 0) FROM decisions), ?)",
            *(letter_id, ask.number, ask.topic.sort, json.dumps(ask.topic.items)),
            vault.seal_bytes(NUMBERED_ASK_ADAPTER.dump_json(ask), ASK_SEAL_CONTEXT),
        )
