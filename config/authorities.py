"""The certificate authorities that a board believes when they say whose a digital signature is.

The system's own list is left out on purpose: it is for web servers. An authority in the folder
vouches for every name it likes.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from config.user_file import InvalidUserFile, Problem, unreadable_reason

CERTIFICATE_ENDINGS = frozenset({".pem", ".crt", ".cer"})


def read_authorities(folder: Path | None) -> tuple[bytes, ...]:
    """Their certificates (DER), none without a folder.

    Raises InvalidUserFile with every problem.
    """
    if folder is None:
        return ()
    found: list[bytes] = []
    problems = list(_problems(folder, found))
    if problems:
        raise InvalidUserFile(f"The authorities in {folder} cannot be used.", problems)
    return tuple(dict.fromkeys(found))


def _problems(folder: Path, found: list[bytes]) -> Iterator[Problem]:
    if not folder.is_dir():
        yield Problem("", "there is no such folder")
        return
    files = sorted(file for file in folder.iterdir() if file.suffix.lower() in CERTIFICATE_ENDINGS)
    if not files:
        yield Problem("", "there is no certificate in it (a file that ends in .pem, .crt or .cer)")
    for file in files:
        try:
            held = x509.load_pem_x509_certificates(file.read_bytes())
        except OSError as why:
            yield Problem(file.name, unreadable_reason(why))
        except ValueError:
            yield Problem(file.name, "does not hold a certificate in PEM form")
        else:
            found.extend(one.public_bytes(Encoding.DER) for one in held)
