"""Which kind of disk a folder lies on, by the system's own table of mounts.

Does: reads `/proc/self/mountinfo`, finds the mount a path lies on, and says whether every change
there causes an event.
Trusts: the table.
Never touches: the folder.
Known limits: a disk of a kind not in the list of local ones is taken for a share: it is only
looked at more often than it needs. Without the table (another system than Linux) all is a share.
"""

from __future__ import annotations

import os
import re
from pathlib import Path

TABLE = Path("/proc/self/mountinfo")
# Where every change is made through this kernel, which then tells of it. On all others (CIFS, NFS,
# FUSE, 9p, virtiofs ...) others change things behind its back (failure mode 16).
LOCAL = frozenset(
    {"bcachefs", "btrfs", "ext2", "ext3", "ext4", "f2fs", "jfs", "nilfs2", "overlay", "ramfs"}
    | {"reiserfs", "tmpfs", "ufs", "xfs", "zfs"}
)
# Where SQLite's locks and its log cannot be relied on (failure mode 62).
NETWORK = frozenset(
    {"9p", "afs", "ceph", "cifs", "coda", "davfs", "fuse.davfs2", "fuse.glusterfs", "fuse.rclone"}
    | {"fuse.s3fs", "fuse.sshfs", "gfs2", "glusterfs", "lustre", "ncpfs", "nfs", "nfs4", "ocfs2"}
    | {"smb2", "smb3", "smbfs", "virtiofs", "vboxsf"}
)
_ESCAPED = re.compile(r"\\([0-7]{3})")


def read_table() -> str:
    """The table as it is now, "" where there is none."""
    try:
        return os.fsdecode(TABLE.read_bytes())
    except OSError:
        return ""


def kind_of_disk(folder: Path, table: str) -> str:
    """The type of the mount that the folder lies on ("ext4", "cifs", "fuse.sshfs"), or ""."""
    here = Path(os.path.realpath(folder))
    found, longest = "", -1
    for line in table.splitlines():
        before, _, after = line.partition(" - ")
        fields, types = before.split(" "), after.split(" ")
        if len(fields) < 5 or not types[0]:
            continue
        point = Path(_ESCAPED.sub(lambda m: chr(int(m[1], 8)), fields[4]))
        depth = len(point.parts)
        # Of two mounts on one point, the later hides the earlier.
        if depth >= longest and here.is_relative_to(point):
            found, longest = types[0], depth
    return found


def on_a_network(kind: str) -> bool:
    return kind in NETWORK


def tells_of_changes(kind: str) -> bool:
    return kind in LOCAL
