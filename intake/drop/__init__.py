"""The drop folder: one folder an agency code, whose permissions say who sent what lies in it.

Does: read `drop_folder.py` for the source itself, `scan.py` for what a look finds and when a file
is whole, `archive.py` for what becomes of it, `shared_folder.py` for the folder they all lie in,
`watcher.py` for how a change is noticed.
Trusts: the permissions of the drop folder and of each agency's folder.
Never touches: a file that is still being written, a link, or anything not a regular file.
Known limits: see each module.
"""

from intake.drop.drop_folder import DropFolder
from intake.drop.scan import (
    DONE_FOLDER,
    RETURNED_FOLDER,
    SENTINEL_FILE,
    UNTOUCHED_SECONDS,
    ends_as_zip,
)
from intake.drop.shared_folder import ShareClaimedElsewhere, make_drop_folder

__all__ = [
    "DONE_FOLDER",
    "RETURNED_FOLDER",
    "SENTINEL_FILE",
    "UNTOUCHED_SECONDS",
    "DropFolder",
    "ShareClaimedElsewhere",
    "ends_as_zip",
    "make_drop_folder",
]
