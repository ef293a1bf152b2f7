"""How new files are noticed: by events that bring a look forward, or by looking alone.

Does: chooses by the setting and the kind of disk, and says what it chose and why. Pure.
Trusts: the setting.
Never touches: the folder.
Known limits: in either mode the look every so often is what finds things; events only hurry it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from intake.mounts import tells_of_changes

Mode = Literal["events", "poll", "auto"]


@dataclass(frozen=True, slots=True)
class Noticing:
    """What was chosen, and a clause that says why."""

    events: bool
    why: str

    def sentence(self, seconds: float) -> str:
        """For the line at the start, and `status`."""
        every = "looked at every " + ("second" if seconds == 1 else f"{seconds:g} seconds")
        if self.events:
            return f"Drop folder: {every}, and at once when something comes ({self.why})."
        return f"Drop folder: {every} ({self.why})."


def noticing(mode: Mode, kind: str) -> Noticing:
    """`kind` is the type of the mount, as `mounts.py` finds it."""
    disk = kind or "an unknown kind of disk"
    if mode == "events":
        return Noticing(True, f'the settings say "events"; it is on {disk}')
    if mode == "poll":
        return Noticing(False, 'the settings say "poll"')
    if tells_of_changes(kind):
        return Noticing(True, f"it is on a local disk, {disk}")
    return Noticing(False, f"it is on {disk}, where files can come without an event")


def deaf(why: Noticing) -> Noticing:
    """The same where the system does not give us events."""
    return Noticing(False, f"{why.why}, but this system gives us no more events")
