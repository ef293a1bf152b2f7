"""One thing that is done in a thread of its own, so that nobody has to wait for its end.

Does: starts it, and gives how it ended to whoever asks.
Trusts: what is done to end in time by itself.
Never touches: what is done.
Known limits: it cannot be stopped; the process need not wait for it when it ends.
"""

from __future__ import annotations

import threading
from collections.abc import Callable


class Beside:
    """What was begun, until it is asked how it ended."""

    def __init__(self, act: Callable[[], None]) -> None:
        self._act = act
        self._why: BaseException | None = None
        self._over = threading.Event()
        threading.Thread(target=self._run, name="beside", daemon=True).start()

    def within(self, seconds: float) -> bool:
        """Whether it has ended by then."""
        return self._over.wait(seconds)

    def take(self) -> None:
        """Wait for its end. Raises what it raised."""
        self._over.wait()
        if self._why is not None:
            raise self._why

    def _run(self) -> None:
        try:
            self._act()
        except BaseException as why:  # noqa: BLE001  raised where it is asked for
            self._why = why
        finally:
            self._over.set()
