"""A share for tests: a folder whose changes nobody announces, and that can go away.

Does: mounts a folder through FUSE (bindfs): what is changed underneath gives no event through the
mount, as on CIFS and NFS. Those two need modules that few kernels for tests have; `told` says so.
Known limits: locks taken through the mount are not seen underneath.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest

FILE_SYSTEMS = Path("/proc/filesystems")


def told() -> str:
    """What the tests of the drop folder on a share run on, for the head of the test's output."""
    kernel = FILE_SYSTEMS.read_text().split() if FILE_SYSTEMS.exists() else []
    without = " or ".join(kind.upper() for kind in ("cifs", "nfs") if kind not in kernel)
    why = f" (this kernel has no {without})" if without else ""
    return (
        f"drop folder on a share: FUSE, by bindfs{why}"
        if able()
        else "drop folder on a share: none"
    )


def able() -> bool:
    return shutil.which("bindfs") is not None and os.access("/dev/fuse", os.R_OK | os.W_OK)


@dataclass
class Share:
    """`behind` is the folder as the file server has it, `mount` where we see it."""

    behind: Path
    mount: Path
    _processes: list[subprocess.Popen[bytes]] = field(default_factory=list)

    def come(self) -> None:
        """Mount it."""
        before = self.mount.stat().st_dev
        words = ["bindfs", "-f", "--no-allow-other", str(self.behind), str(self.mount)]
        self._processes.append(subprocess.Popen(words, stderr=subprocess.DEVNULL))
        while self.mount.stat().st_dev == before:
            assert self._processes[-1].poll() is None, "bindfs did not start"

    def go(self) -> None:
        """Unmount it: what is left is the empty folder it was mounted on."""
        subprocess.run(["fusermount3", "-uz", str(self.mount)], check=True)
        process = self._processes.pop()
        process.terminate()  # it would go on for as long as somebody holds a file open there
        process.wait(30)

    def die(self) -> None:
        """The server is gone and the mount is still there: every call to it is refused."""
        self._processes[-1].kill()
        self._processes[-1].wait(30)


@contextmanager
def mounted(folder: Path) -> Iterator[Share]:
    """A share below `folder`, there. Skips, or under CI fails, where there can be none."""
    if not able():
        if os.environ.get("CI"):
            pytest.fail("bindfs or FUSE is missing: tools/install-test-parts")
        pytest.skip("bindfs or FUSE is missing: tools/install-test-parts")
    share = Share(folder / "behind", folder / "mount")
    for path in (share.behind, share.mount):
        path.mkdir(parents=True)
    share.come()
    try:
        yield share
    finally:
        while share._processes:
            share.go()
