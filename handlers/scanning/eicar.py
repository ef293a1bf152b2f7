"""The test virus of the anti-virus industry (EICAR), by which a scanner shows that it works.

It harms nothing. It lies at the end of a zip file as large as anything that is ever scanned, so
that a scanner that leaves off before the end, or opens no archive, is known by it (failure mode
52).
"""

from __future__ import annotations

import io
import zipfile

# In two halves, so that no scanner takes this file, or one compiled from it, for the virus.
_EICAR = (
    r"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR-STANDARD",
    "-ANTIVIRUS-TEST-FILE!$H+H*",
)
HARMLESS = b"scr-intake asks whether its virus scanner tells good from bad."
_ROOM = 1024  # bytes, for what a zip file writes of its members


def eicar_bytes() -> bytes:
    """Its 68 bytes."""
    return "".join(_EICAR).encode("ascii")


def padded_test_virus(size: int) -> bytes:
    """A zip file of about that size, and never more, with the test virus as its last member,
    compressed: whoever does not unpack it does not see it."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        archive.writestr("padding.txt", bytes(max(size - _ROOM, 0)))
        archive.writestr("eicar.com", eicar_bytes(), zipfile.ZIP_DEFLATED)
    return out.getvalue()


DEEPER_THAN_ANY_LIMIT = 120  # clamd takes no MaxRecursion above 100


def nested_archive() -> bytes:
    """Something harmless, in a zip file in a zip file, and so on: nobody looks through it all."""
    inside = HARMLESS
    for _ in range(DEEPER_THAN_ANY_LIMIT):
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("x.zip", inside)
        inside = out.getvalue()
    return inside
