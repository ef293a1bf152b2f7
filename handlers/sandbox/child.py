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
from handlers.sandbox.confine import CHILD, NURSERY, confine
from handlers.sandbox.protocol import (
    DONE,
    LESS_CONFINED,
    ORPHANED,
    Bound,
    Limits,
    Orders,
    read_part,
    write_parts,
)
from handlers.sandbox.self_test import Confinement, Layer, tried
from handlers.sandbox.task import Task, packages, resolve, warm_up

# Imported late, or only on some path, by the libraries that reading uses.
MODULES = (
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


def warm() -> None:
    """Import it all. Raises ImportError when the installation is broken."""
    for module in MODULES:
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
class Prepared:
    limits: Limits
    tasks: Mapping[str, Task]
    own: frozenset[str]  # our own packages, see places.py
    setup: Any
    nursery: int  # its process id
    layers: tuple[Layer, ...]  # what it gave up itself
    insists: frozenset[str] = frozenset()  # layers no child may lack, see nursery.insisting


def prepare(orders: Orders) -> Prepared:
    """Confine the nursery and load everything. Raises what a wrong table of tasks raises."""
    layers = confine(NURSERY, orders.limits)
    sys.path.extend(orders.path)
    warm()
    tasks = resolve(orders.tasks)
    warm_up(orders.tasks)
    return Prepared(
        limits=orders.limits,
        tasks=tasks,
        own=packages(orders.tasks),
        setup=pickle.loads(orders.setup),  # noqa: S301  # from the service itself
        nursery=os.getpid(),
        layers=layers,
    )


CHANNEL = 0  # where a child reads its request and writes its reply; 1 and 2 are /dev/null
DESCRIPTORS = 64  # the nursery never has more

_receive = partial(os.read, CHANNEL)


def keep_only(channel: int) -> None:
    """`channel` takes the place of the control line; nothing else inherited stays open."""
    os.setpgid(0, 0)
    os.dup2(channel, CHANNEL)
    os.closerange(3, DESCRIPTORS)


def work(prepared: Prepared) -> int:
    """Do the one task that arrives, under every layer the nursery insists on. How it ended."""
    task, argument = pickle.loads(read_part(_receive))  # noqa: S301  # from the service itself
    layers = confine(CHILD, prepared.limits)
    if not prepared.insists <= {layer.name for layer in layers if layer.in_force}:
        return LESS_CONFINED
    if os.getppid() != prepared.nursery:  # it ended before this child would have ended with it
        return ORPHANED
    write_parts(CHANNEL, _reply(prepared, task, argument))
    return DONE


def prove(prepared: Prepared) -> int:
    """Instead of a document: try what is forbidden, and write the Confinement that results."""
    layers = confine(CHILD, prepared.limits)
    proved = Confinement((*prepared.layers, *layers), tried(prepared.limits))
    write_parts(CHANNEL, [proved.to_json()])
    return DONE


def _reply(prepared: Prepared, task: str, argument: object) -> list[bytes]:
    bound: Bound
    try:
        document = read_part(_receive)
        return protocol.answered(prepared.tasks[task](document, argument, prepared.setup))
    except MemoryError:
        bound = "memory"
    except RecursionError:
        bound = "nesting"
    except BaseException as error:  # noqa: BLE001  # SystemExit from a library is no answer either
        return protocol.unforeseen(error, prepared.own)
    # Only here, outside `except`, are the frames gone that held all the memory there was.
    return protocol.over(bound)
