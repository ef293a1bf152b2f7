"""A worker that does its tasks here and now: many small messages are read in the time of one.

Does: what the worker's child would, with the same tasks.
Trusts: the message, which a test wrote.
Never touches: processes.
Known limits: nothing is sandbox_judge, bounded or timed.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterator
from contextlib import contextmanager

from config.kind import Kinds
from handlers.sandbox.client import ContentScreen, Worker
from handlers.sandbox.protocol import SandboxReply
from handlers.sandbox.task import TASK_TABLE, resolve_tasks


class InProcessWorker(Worker):
    """As the worker, without one."""

    def __init__(self, setup: Kinds, screen: ContentScreen | None = None) -> None:
        super().__init__(setup=setup, screen=screen)
        self._kinds = setup
        self._functions = resolve_tasks(TASK_TABLE)

    def run_in_child(self, task: str, data: bytes, argument: object = None) -> SandboxReply:
        self.screen_content(data)
        said = self._functions[task](data, argument, self._kinds)
        value, blobs = said if isinstance(said, tuple) else (said, ())
        return SandboxReply(json.loads(json.dumps(value)), tuple(blobs))

    @contextmanager
    def time_limit(self, seconds: float) -> Iterator[None]:
        yield

    @property
    def seconds_left(self) -> float:
        return math.inf
