"""The life of one child: prepared by the fork server, confined, then one document, one reply,
the end."""

from __future__ import annotations

import codecs
import encodings
import importlib
import os
import pickle
import pkgutil
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from handlers.sandbox import protocol
from handlers.sandbox.confine import CHILD_STEPS, FORK_SERVER_STEPS, confine_process
from handlers.sandbox.protocol import (
    DONE_STATUS,
    LESS_CONFINED_STATUS,
    ORPHANED_STATUS,
    ForkServerOrders,
    LimitName,
    WorkerLimits,
    read_part,
    write_parts,
)
from handlers.sandbox.self_test import Confinement, ProtectionLayer, run_trials
from handlers.sandbox.task import TaskFunction, own_packages, resolve_tasks, warm_up_modules

# Imported late, or only on some path, by the libraries that reading uses.
PRELOADED_MODULES = (
    "_strptime",  # datetime.strptime
    "bz2",
    "lzma",
    "email._header_value_parser",
    "email.generator",
    "email.iterators",
    "email.mime.text",
    "email.parser",
    "email.policy",
    "lxml.etree",
    "stringprep",  # the idna codec
    "unicodedata",
    "zipfile",
)


def import_late_modules() -> None:
    """Import it all. Raises ImportError when the installation is broken."""
    for module in PRELOADED_MODULES:
        importlib.import_module(module)
    _load_every_codec()


def _load_every_codec() -> None:
    """A mail may name any of them, and each is a module that Python loads at first use."""
    for module in pkgutil.iter_modules(encodings.__path__):
        try:
            codecs.lookup(module.name)
        except LookupError:
            continue  # Windows only, or not a codec


@dataclass(frozen=True, slots=True)
class PreparedServer:
    limits: WorkerLimits
    tasks: Mapping[str, TaskFunction]
    own: frozenset[str]  # our own packages, see `task.own_packages`
    setup: Any
    fork_server: int  # its process id
    layers: tuple[ProtectionLayer, ...]  # what it gave up itself
    # The layers that no child may lack, see `fork_server.insist_on_layers`.
    insists: frozenset[str] = frozenset()


def prepare_fork_server(orders: ForkServerOrders) -> PreparedServer:
    """Confine the fork server and load everything. Raises what a wrong table of tasks raises."""
    layers = confine_process(FORK_SERVER_STEPS, orders.limits)
    sys.path.extend(orders.path)
    import_late_modules()
    tasks = resolve_tasks(orders.tasks)
    setup = pickle.loads(orders.setup)  # noqa: S301  # from the service itself
    warm_up_modules(orders.tasks, setup)
    return PreparedServer(
        limits=orders.limits,
        tasks=tasks,
        own=own_packages(orders.tasks),
        setup=setup,
        fork_server=os.getpid(),
        layers=layers,
    )


CHANNEL_DESCRIPTOR = (
    0  # where a child reads its request and writes its reply; 1 and 2 are /dev/null
)
MAX_DESCRIPTORS = 64  # the fork server never has more

_receive = partial(os.read, CHANNEL_DESCRIPTOR)


def keep_only_channel(channel: int) -> None:
    """`channel` takes the place of the control line; nothing else inherited stays open."""
    os.setpgid(0, 0)
    os.dup2(channel, CHANNEL_DESCRIPTOR)
    os.closerange(3, MAX_DESCRIPTORS)


def run_one_task(prepared: PreparedServer) -> int:
    """Do the one task that arrives, under every layer the fork server insists on. How it ended."""
    task, argument = pickle.loads(read_part(_receive))  # noqa: S301  # from the service itself
    layers = confine_process(CHILD_STEPS, prepared.limits)
    if not prepared.insists <= {layer.name for layer in layers if layer.in_force}:
        return LESS_CONFINED_STATUS
    if os.getppid() != prepared.fork_server:  # it ended before this child would have ended with it
        return ORPHANED_STATUS
    write_parts(CHANNEL_DESCRIPTOR, _reply(prepared, task, argument))
    return DONE_STATUS


def prove_confinement(prepared: PreparedServer) -> int:
    """Instead of a document: try what is forbidden, and write the Confinement that results."""
    layers = confine_process(CHILD_STEPS, prepared.limits)
    proved = Confinement((*prepared.layers, *layers), run_trials(prepared.limits))
    write_parts(CHANNEL_DESCRIPTOR, [proved.to_json()])
    return DONE_STATUS


def _reply(prepared: PreparedServer, task: str, argument: object) -> list[bytes]:
    bound: LimitName
    try:
        document = read_part(_receive)
        return protocol.encode_answer(prepared.tasks[task](document, argument, prepared.setup))
    except MemoryError:
        bound = "memory"
    except RecursionError:
        bound = "nesting"
    except BaseException as error:  # noqa: BLE001  # SystemExit from a library is no answer either
        return protocol.encode_fault(error, prepared.own)
    # Only here, outside `except`, are the frames gone that held all the memory there was.
    return protocol.encode_over_limit(bound)
