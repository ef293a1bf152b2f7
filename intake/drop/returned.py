"""What we put back: a file of ours in `returned/`, beside what an agency dropped.

Does: makes the folder and writes into it durably, under a name that hides nothing.
Trusts: the open folder.
Never touches: a file of the agency's.
Known limits: see `shelf.py`.
"""

from __future__ import annotations

from pathlib import Path

from intake.drop.names import RECEIPT, RETURNED, cut, plain
from intake.drop.shelf import Shelf
from intake.folder import Folder

_COPY = " (our comments)"


def put_back(folder: Folder, name: str, data: bytes) -> None:
    """Raises Unreadable, Vanished or OSError."""
    with folder.made(RETURNED) as returned:
        Shelf(returned).put(name, data)


def receipt_name(name: str) -> str:
    """ "Form.docx.receipt.txt" for "Form.docx"."""
    return cut(plain(name), RECEIPT)


def copy_name(name: str, ending: str) -> str:
    """ "Form (our comments).docx" for "Form.docx", whatever ending it had."""
    shown = plain(name)
    stem = Path(shown).stem if Path(shown).suffix else shown
    return cut(stem, f"{_COPY}.{ending}")
