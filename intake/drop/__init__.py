"""The drop folder: one folder an agency code, whose permissions say who sent what lies in it.

Does: read `drop.py` for the source itself, `scan.py` for what a look finds, `settled.py` for when
a file is whole, `aside.py` for what becomes of it, `share.py` for the folder they all lie in,
`strays.py` for what cannot be taken, `returned.py` for what is put back.
Trusts: the permissions of the drop folder and of each agency's folder.
Never touches: a file that is still being written, a link, or anything not a regular file.
Known limits: see each module.
"""

from intake.drop.drop_folder import Drop
from intake.drop.scan import DONE, PATIENCE, RETURNED, SENTINEL, ends_as_zip
from intake.drop.shared_folder import AnotherRegisters, make_drop

__all__ = [
    "DONE",
    "PATIENCE",
    "RETURNED",
    "SENTINEL",
    "AnotherRegisters",
    "Drop",
    "ends_as_zip",
    "make_drop",
]
