"""What in fact protects this machine from the documents it reads, in sentences for `doctor`.

Does: holds which layers the kernel granted and which forbidden things were tried and refused.
Trusts: the nursery, which tries them in a child confined exactly as every later one.
Never touches: the kernel. Known limits: a refusal shows that a layer held, not which.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass


@dataclass(frozen=True, slots=True)
class Layer:
    """One protection. `detail` is a version or an extent or, if not in force, the reason."""

    name: str
    in_force: bool
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Trial:
    """One forbidden thing that was tried, such as "open a file"."""

    deed: str
    refused: bool


@dataclass(frozen=True, slots=True)
class Confinement:
    layers: tuple[Layer, ...]
    trials: tuple[Trial, ...]

    @classmethod
    def from_json(cls, text: bytes) -> Confinement:
        """Raises ValueError, TypeError or KeyError for anything `to_json` did not write."""
        said = json.loads(text)
        return cls(
            tuple(Layer(**layer) for layer in said["layers"]),
            tuple(Trial(**trial) for trial in said["trials"]),
        )

    def to_json(self) -> bytes:
        return json.dumps(asdict(self)).encode()

    @property
    def holds(self) -> bool:
        """Everything forbidden was refused, whichever layer did it."""
        return bool(self.trials) and all(trial.refused for trial in self.trials)

    @property
    def missing(self) -> tuple[str, ...]:
        """Names of the layers this machine does not grant."""
        return tuple(layer.name for layer in self.layers if not layer.in_force)

    def in_force(self, name: str) -> bool:
        return any(layer.in_force for layer in self.layers if layer.name == name)

    def sentences(self) -> tuple[str, ...]:
        """For a person: what was tried first, then the layers."""
        return (*self._tried(), *self._layered())

    def _tried(self) -> Iterator[str]:
        for trial in self.trials:
            if trial.refused:
                yield f"A document being read cannot {trial.deed} (tried, and refused)."
            else:
                yield f"A document being read COULD {trial.deed}: nothing here prevents it."

    def _layered(self) -> Iterator[str]:
        for layer in self.layers:
            detail = f" ({layer.detail})" if layer.detail else ""
            yield f"{layer.name}: {'in force' if layer.in_force else 'NOT in force'}{detail}."
