"""The extra `sig`: pyHanko and what it needs, which check signatures.

Does: loads those of our modules that need it, where it is installed; keeps it quiet.
Trusts: the installed packages.
Never touches: a document.
Known limits: loading takes half a second and 35 MB. It is loaded once, before confinement, since
a child can load nothing; what is loaded is shared with every child.
"""

from __future__ import annotations

import importlib
import logging
from functools import cache
from typing import Any

# They log names out of certificates, and whole tracebacks.
_TALKATIVE = ("pyhanko", "pyhanko_certvalidator")

# What they import only on some path, when a child cannot any more.
_LATE = (
    "cryptography.hazmat.backends.openssl.backend",
    "pyhanko.pdf_utils.crypt",
    "pyhanko.pdf_utils.crypt.pdfmac",
    "pyhanko.pdf_utils.filters",
    "pyhanko.pdf_utils.metadata.xmp_xml",
    "pyhanko.sign.fields",
)


@cache
def loaded(module: str) -> Any:
    """Our module of that name, or None where the extra is not installed."""
    if not installed():
        return None
    for name in _TALKATIVE:
        logging.getLogger(name).setLevel(logging.CRITICAL + 1)
    for name in _LATE:
        importlib.import_module(name)
    return importlib.import_module(module)


def installed() -> bool:
    try:
        importlib.import_module("pyhanko.sign.validation")
    except ImportError:
        return False
    return True
