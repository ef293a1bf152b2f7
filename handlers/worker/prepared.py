"""What the nursery makes of its orders, once, so that every child inherits it ready.

Does: gives up what the nursery itself can do without, loads all modules, finds the functions
behind the tasks, and holds them with the setup, the limits and the layers to insist on.
Trusts: the service, which is where the orders come from.
Never touches: a document. Known limits: none known.
"""

from __future__ import annotations

import os
import pickle
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from handlers.worker.confine import NURSERY, confine
from handlers.worker.confinement import Layer
from handlers.worker.control import Orders
from handlers.worker.limits import Limits
from handlers.worker.task import Task, packages, resolve, warm_up
from handlers.worker.warm import warm


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
