"""The closed table of what may be asked of the worker; nothing else can be reached.

A module named here must import at its top whatever it needs: once a document is being read no file
can be opened.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable, Mapping
from typing import Any

# def task(data, argument, setup) -> value, or (value, blobs)
#   data      the document or mail, untrusted bytes
#   argument  what the service passed with it, unpickled
#   setup     what the service gave the worker once, at its start
#   value     anything JSON can carry; dates and dataclasses are the task's to spell out
#   blobs     a list of bytes, such as attachments
TaskFunction = Callable[[bytes, Any, Any], Any]

TASK_TABLE: Mapping[str, str] = {
    "annotate": "handlers.comments.copy:annotate_task",
    "answer": "handlers.orders.reading:read_orders_task",
    "judge": "handlers.judging.judging:judge_task",
    "page": "handlers.readers.libreoffice.web_page:page_task",
    "screen": "handlers.judging.active_content:screen_task",
    "sniff": "handlers.judging.judging:sniff_task",
    "unpack": "intake.message:unpack_task",
    "open": "intake.message:open_task",
    "stamp": "handlers.readers.word.stamping:stamp_task",
}


def resolve_tasks(tasks: Mapping[str, str]) -> dict[str, TaskFunction]:
    """The functions behind the names. Raises ImportError or AttributeError for a wrong table."""
    return {name: _function(place) for name, place in tasks.items()}


def warm_up_modules(tasks: Mapping[str, str], setup: object) -> None:
    """Call `warm(setup)` of each task's module that has one: what it must open files to load, and
    what else each child would have to make anew."""
    for name in sorted({place.partition(":")[0] for place in tasks.values()}):
        warm = getattr(importlib.import_module(name), "warm", None)
        if warm is not None:
            warm(setup)


def own_packages(tasks: Mapping[str, str]) -> frozenset[str]:
    """The top-level packages that are our own, so that a fault in them may be located."""
    return frozenset({"config", "intake", "handlers"}) | {
        place.partition(":")[0].partition(".")[0] for place in tasks.values()
    }


def _function(place: str) -> TaskFunction:
    module, _, name = place.partition(":")
    task: TaskFunction = getattr(importlib.import_module(module), name)
    return task
