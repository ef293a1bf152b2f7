"""Kinds as boards wrote them before there were rules by which we cannot tell.

Does: writes the kinds that ship without those rules, and without what else their shapes could not
say then, as a board's own folder.
Trusts: the kinds that ship.
Never touches: the wordings, which a board may have as we have them.
Known limits: the sentences are today's.
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from config.kind_loading import SHIPPED_KINDS_FOLDER

# What came with them, kind by kind.
NEW: dict[str, tuple[str, ...]] = {
    "chronology": ("separator-row", "table-unread", "entries-outside", "ditto", "time-estimated",
                   "subjects-of-another", "struck-out", "struck-in-part", "row-continues"),
    "executive_summary": ("section-unclear",),
    "imr": ("section-unclear", "front-sheet-unclear", "front-sheet-date-invalid",
            "front-sheet-date-future", "plan-column-unclear", "plan-unclear", "sign-off-unclear",
            "sign-off-date"),
    "nil_return": ("statement-exception", "statement-doubt", "statement-unfinished",
                   "statement-limited", "statement-some", "statement-involved",
                   "statement-unclear"),
    "overview_report": ("section-unclear",),
    "qa_form": ("criteria-unread", "answers-missing", "answers-unread", "answer-unclear",
                "answer-not-applicable"),
}  # fmt: skip
# What says more than that we cannot tell: a board's kind that does not have it is not asked.
UNSAID = frozenset(
    {
        "separator-row",
        "ditto",
        "time-estimated",
        "subjects-of-another",
        "struck-in-part",
    }
)
_KEYS = frozenset({"near", "besides", "signs", "denial", "tell", "kept", "statement_places"})


def as_it_was(id: str) -> dict[str, Any]:
    """One kind as its file would be read."""
    raw = tomllib.loads((SHIPPED_KINDS_FOLDER / f"{id}.toml").read_text(encoding="utf-8"))
    for rule in NEW.get(id, ()):
        raw["rules"].pop(rule, None)
    without: dict[str, Any] = _without(raw)
    return without


def write(folder: Path, id: str, raw: dict[str, Any]) -> None:
    """As TOML, each key of the file on a line."""
    text = "".join(f"{key} = {_toml(value)}\n" for key, value in raw.items())
    (folder / f"{id}.toml").write_text(text, encoding="utf-8")


def write_all(folder: Path) -> None:
    for path in SHIPPED_KINDS_FOLDER.glob("*.toml"):
        write(folder, path.stem, as_it_was(path.stem))


def _without(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _without(one) for key, one in value.items() if key not in _KEYS}
    return [_without(one) for one in value] if isinstance(value, list) else value


def _toml(value: Any) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f"{json.dumps(k)} = {_toml(v)}" for k, v in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(_listed(value)) + "]"
    return json.dumps(value, ensure_ascii=False)


def _listed(value: list[Any]) -> Iterator[str]:
    return (_toml(one) for one in value)
