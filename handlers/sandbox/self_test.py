"""What in fact protects this machine from the documents it reads, tried out so that `doctor`
reports facts."""

from __future__ import annotations

import errno
import json
import os
import socket
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass

from handlers.sandbox.protocol import WorkerLimits


@dataclass(frozen=True, slots=True)
class ProtectionLayer:
    """One protection. `detail` is a version or an extent or, if not in force, the reason."""

    name: str
    in_force: bool
    detail: str = ""


@dataclass(frozen=True, slots=True)
class ConfinementTrial:
    """One forbidden thing that was tried, such as "open a file"."""

    deed: str
    refused: bool


@dataclass(frozen=True, slots=True)
class Confinement:
    layers: tuple[ProtectionLayer, ...]
    trials: tuple[ConfinementTrial, ...]

    @classmethod
    def from_json(cls, text: bytes) -> Confinement:
        """Raises ValueError, TypeError or KeyError for anything `to_json` did not write."""
        said = json.loads(text)
        return cls(
            tuple(ProtectionLayer(**layer) for layer in said["layers"]),
            tuple(ConfinementTrial(**trial) for trial in said["trials"]),
        )

    def to_json(self) -> bytes:
        return json.dumps(asdict(self)).encode()

    @property
    def all_refused(self) -> bool:
        """Everything forbidden was refused, whichever layer did it."""
        return bool(self.trials) and all(trial.refused for trial in self.trials)

    @property
    def missing_layers(self) -> tuple[str, ...]:
        """Names of the layers this machine does not grant."""
        return tuple(layer.name for layer in self.layers if not layer.in_force)

    def is_in_force(self, name: str) -> bool:
        return any(layer.in_force for layer in self.layers if layer.name == name)

    def report_sentences(self) -> tuple[str, ...]:
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


REFUSAL_CODES = {errno.EPERM, errno.EACCES, errno.EMFILE, errno.ENETUNREACH, errno.EAGAIN}
UNREACHABLE_ADDRESS = ("192.0.2.1", 9)  # an address kept for documentation, RFC 5737


def open_a_file(_: WorkerLimits) -> None:
    os.close(os.open("/", os.O_RDONLY))


def write_a_file(_: WorkerLimits) -> None:
    os.close(os.open(os.devnull, os.O_WRONLY))


def use_the_network(_: WorkerLimits) -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as line:
        line.connect(UNREACHABLE_ADDRESS)  # UDP: this sends nothing


def start_a_process(_: WorkerLimits) -> None:
    pid = os.fork()
    if not pid:
        os._exit(0)
    os.waitpid(pid, 0)


def signal_another_process(_: WorkerLimits) -> None:
    os.kill(os.getppid(), 0)


def take_more_memory(limits: WorkerLimits) -> None:
    bytearray(limits.memory_bytes)


TRIAL_ATTEMPTS: tuple[tuple[str, Callable[[WorkerLimits], None]], ...] = (
    ("open a file", open_a_file),
    ("write a file", write_a_file),
    ("use the network", use_the_network),
    ("start another process", start_a_process),
    ("signal another process", signal_another_process),
    ("take more memory than it is given", take_more_memory),
)


def run_trials(limits: WorkerLimits) -> tuple[ConfinementTrial, ...]:
    """Every deed of the table and whether it was refused here."""
    return tuple(
        ConfinementTrial(deed, _refused(attempt, limits)) for deed, attempt in TRIAL_ATTEMPTS
    )


def _refused(attempt: Callable[[WorkerLimits], None], limits: WorkerLimits) -> bool:
    try:
        attempt(limits)
    except MemoryError:
        return True
    except OSError as answer:
        return answer.errno in REFUSAL_CODES
    return False
