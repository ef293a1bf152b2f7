"""The copy a return came in: a format its kind comes in or another, letters or a picture of them.

Does: holds the format against the kind's, and says what that makes of the judgement.
Trusts: the format as sniffed and read; `config/arrivals.toml` for what becomes of faults.
Never touches: the file.
Known limits: a table in a format of its own gets that one fault, and what its entries would have
come to is not said: they have to be copied first.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from config.kind import Kinds
from config.shape import TableShape
from handlers.finding import Judgement
from handlers.judging import arrival
from handlers.judging.letter import FORMAT as LETTER

# The endings a file of each format goes by, where it is not its own name; "" is no ending at all.
ENDINGS: Mapping[str, frozenset[str]] = {
    "docx": frozenset({"", "docx", "docm", "dotx", "dotm"}),
    "docm": frozenset({"", "docx", "docm", "dotx", "dotm"}),
    "pdf": frozenset({"", "pdf"}),
    "xlsx": frozenset({"", "xlsx", "xlsm", "xltx", "xltm"}),
    "jpeg": frozenset({"", "jpg", "jpeg"}),
    "png": frozenset({"", "png"}),
    "tiff": frozenset({"", "tif", "tiff"}),
}


def _in_a_message(judgement: Judgement, kinds: Kinds) -> Judgement:
    """A question first: what somebody types into a message settles nothing by itself."""
    if judgement.kind is None or judgement.verdict == "hold":
        return judgement
    kind = kinds.get(judgement.kind)
    settles = kind is not None and kind.settles_pack
    return arrival.noted(judgement, "in-a-message") if settles else judgement


@dataclass(frozen=True, slots=True)
class Copy:
    """`ending` is that of the file's name; `made_out` as in `handlers.document.block.Traits`."""

    format: str
    ending: str
    made_out: bool

    def judged(self, said: tuple[Judgement, ...], kinds: Kinds) -> tuple[Judgement, ...]:
        """The judgements of what is in it, with what is to be said of the copy."""
        if self.format == LETTER:
            return tuple(_in_a_message(judgement, kinds) for judgement in said)
        said = tuple(self._weighed(judgement, kinds) for judgement in said)
        if self.ending in ENDINGS[self.format]:
            return said
        return arrival.advised(said, arrival.finding("wrong-ending"))

    def _weighed(self, judgement: Judgement, kinds: Kinds) -> Judgement:
        kind = kinds.get(judgement.kind)
        if kind is None or judgement.verdict == "hold":
            return judgement
        if ENDINGS[self.format].isdisjoint(kind.file_types):
            name = arrival.FORMATS[self.format]
            if isinstance(kind.shape, TableShape):
                only = arrival.finding("chronology-format", format=name)
                return replace(judgement, findings=(only,), passed=())
            judgement = arrival.noted(judgement, "not-in-word", format=name)
        return arrival.noted(judgement, "made-out") if self.made_out else judgement
