"""The life of one child: confined, then one document, one reply, the end.

Does: keeps its own channel and nothing else of what it inherited; reads the trusted half of its
request; takes every step of confinement; only then reads the document and does the task.
Trusts: the nursery's memory and the first part of the request, which the service wrote.
Never touches: the nursery's control line (closed first), files, the network (failure mode 55).
Known limits: what the preloaded code holds in memory (kinds, wordings) a captured child can see.
"""

from __future__ import annotations

import os
import pickle
from functools import partial

from handlers.worker import reply
from handlers.worker.confine import CHILD, confine
from handlers.worker.confinement import Confinement
from handlers.worker.control import DONE, LESS_CONFINED, ORPHANED
from handlers.worker.outcomes import Bound
from handlers.worker.parts import read_part, write_parts
from handlers.worker.prepared import Prepared
from handlers.worker.trials import tried

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
        return reply.answered(prepared.tasks[task](document, argument, prepared.setup))
    except MemoryError:
        bound = "memory"
    except RecursionError:
        bound = "nesting"
    except BaseException as error:  # noqa: BLE001  # SystemExit from a library is no answer either
        return reply.unforeseen(error, prepared.own)
    # Only here, outside `except`, are the frames gone that held all the memory there was.
    return reply.over(bound)
