"""Loading, before any document arrives, all that reading one may need.

Does: imports what Python would otherwise import late, when no file can be opened any more
(failure mode 55), and what costs time (lxml, zipfile).
Trusts: the installed packages. Never touches: a document.
Known limits: what a task imports late and is not listed here is missing in the child, and shows
as ModuleNotFoundError with a place.
"""

from __future__ import annotations

import codecs
import encodings
import importlib
import pkgutil

# Imported late, or only on some path, by the libraries that reading uses.
MODULES = (
    "_strptime",  # datetime.strptime
    "bz2",
    "lzma",
    "email._header_value_parser",
    "email.generator",
    "email.iterators",
    "email.mime.text",
    "email.parser",
    "email.policy",
    "lxml.etree",
    "stringprep",  # the idna codec
    "unicodedata",
    "zipfile",
)


def warm() -> None:
    """Import it all. Raises ImportError when the installation is broken."""
    for module in MODULES:
        importlib.import_module(module)
    _load_every_codec()


def _load_every_codec() -> None:
    """A mail may name any of them, and each is a module that Python loads at first use."""
    for module in pkgutil.iter_modules(encodings.__path__):
        try:
            codecs.lookup(module.name)
        except LookupError:
            continue  # Windows only, or not a codec
