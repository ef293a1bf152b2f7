"""The authorities a board believes when they say whose a digital signature is.

Does: reads the certificates (PEM) in the folder that the settings name, whole, and lists every
problem at once.
Trusts: whoever may write in that folder. An authority put there vouches for every name it likes.
Never touches: private keys; there are none in it.
Known limits: the system's own list of authorities is left out on purpose: it is for web servers.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from config.user_file import Problem, Refused, unreadable

ENDINGS = frozenset({".pem", ".crt", ".cer"})


def read_authorities(folder: Path | None) -> tuple[bytes, ...]:
    """Their certificates (DER), none without a folder. Raises Refused with every problem."""
    if folder is None:
        return ()
    found: list[bytes] = []
    problems = list(_problems(folder, found))
    if problems:
        raise Refused(f"The authorities in {folder} cannot be used.", problems)
    return tuple(dict.fromkeys(found))


def _problems(folder: Path, found: list[bytes]) -> Iterator[Problem]:
    if not folder.is_dir():
        yield Problem("", "there is no such folder")
        return
    files = sorted(file for file in folder.iterdir() if file.suffix.lower() in ENDINGS)
    if not files:
        yield Problem("", "there is no certificate in it (a file that ends in .pem, .crt or .cer)")
    for file in files:
        try:
            held = x509.load_pem_x509_certificates(file.read_bytes())
        except OSError as why:
            yield Problem(file.name, unreadable(why))
        except ValueError:
            yield Problem(file.name, "does not hold a certificate in PEM form")
        else:
            found.extend(one.public_bytes(Encoding.DER) for one in held)
