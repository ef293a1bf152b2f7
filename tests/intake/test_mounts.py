"""Which kind of disk a folder lies on."""

from __future__ import annotations

from pathlib import Path

import pytest

from intake.drop.watcher import file_system_type, read_mount_table, reports_changes
from tests.each_case import each_case
from tests.intake.drop.shares import mounted

TABLE = r"""22 1 8:1 / / rw,relatime shared:1 - ext4 /dev/sda1 rw
23 22 0:5 / /proc rw - proc proc rw
24 22 0:40 / /srv/drop rw,relatime shared:7 master:2 - cifs //fs.council.example/scr rw,vers=3.1.1
25 22 0:41 / /srv/drop/GP rw - nfs4 fs:/gp rw
26 22 0:42 / /srv/our\040share rw - fuse.sshfs host: rw
27 22 0:43 / /srv/auto rw - autofs systemd-1 rw
28 27 0:44 / /srv/auto rw - nfs fs:/auto rw
29 22 0:45 / /srv/dropped rw - tmpfs tmpfs rw
a line of nonsense
30 22 0:46 / /srv/x
"""


@pytest.mark.parametrize(
    ("folder", "kind"),
    [
        ("/var/lib/scr-intake/drop", "ext4"),
        ("/srv/drop", "cifs"),
        ("/srv/drop/POL/N12", "cifs"),
        ("/srv/drop/GP/N12", "nfs4"),
        ("/srv/our share/drop", "fuse.sshfs"),
        ("/srv/auto/drop", "nfs"),
        ("/srv/dropped", "tmpfs"),
        ("/srv/drop/../x", "ext4"),
    ],
)
def test_the_longest_mount_point_above_it_and_of_two_the_later(folder: str, kind: str) -> None:
    assert file_system_type(Path(folder), TABLE) == kind


def test_a_link_is_followed_to_where_the_folder_is(tmp_path: Path) -> None:
    (tmp_path / "there").mkdir()
    (tmp_path / "here").symlink_to("there")
    table = f"22 1 8:1 / / rw - ext4 d rw\n23 22 0:9 / {tmp_path}/there rw - nfs s rw"
    assert file_system_type(tmp_path / "here", table) == "nfs"


def test_without_a_table_nothing_is_known() -> None:
    assert file_system_type(Path("/srv"), "") == ""


@each_case(
    ("kind", "tells"),
    [
        *((local, True) for local in ("ext4", "xfs", "btrfs", "zfs", "tmpfs", "overlay")),
        *((share, False) for share in ("cifs", "smb3", "nfs", "nfs4", "fuse", "fuse.sshfs", "9p")),
        *((share, False) for share in ("fuseblk", "virtiofs", "vboxsf", "autofs", "ceph", "")),
    ],
)
def test_only_a_local_disk_tells_of_every_change(kind: str, tells: bool) -> None:
    """Failure mode 16."""
    assert reports_changes(kind) is tells


def test_this_machines_own_table_is_read(tmp_path: Path) -> None:
    assert file_system_type(tmp_path, read_mount_table())
    assert file_system_type(Path("/proc/self"), read_mount_table()) == "proc"


def test_a_real_share_is_told_from_the_disk_behind_it(tmp_path: Path) -> None:
    with mounted(tmp_path / "share") as share:
        assert file_system_type(share.mount / "GP", read_mount_table()).startswith("fuse")
        assert not file_system_type(share.behind, read_mount_table()).startswith("fuse")
