"""Words round the labels of blanks, and round the names and jobs that are entered in them.

Does: reads `config/labels.toml`, beside this file, once, when it is imported.
Trusts: that file, which ships with the program; a mistake in it stops the program at once.
Never touches: documents, pydantic. The confined worker imports this before it is confined.
Known limits: English words.
"""

from __future__ import annotations

import tomllib
from pathlib import Path

_RAW = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))

SIGNING = frozenset(_RAW["signing"])
BETWEEN = frozenset(_RAW["between"])
LEADING = frozenset(_RAW["leading"])
OTHERS = frozenset(_RAW["others"])
HEADING = frozenset(_RAW["heading"])
CLOSINGS = frozenset(_RAW["closings"])
ORGANISATIONS = frozenset(_RAW["organisations"])
HONOURS = frozenset(_RAW["honours"])
JOBS = frozenset(_RAW["jobs"])
PARTINGS = frozenset(_RAW["partings"])
ROLES = frozenset(_RAW["roles"])
RANKS = frozenset(_RAW["ranks"])
NO_NAMES = frozenset(_RAW["no_names"])
NOT_SIGNING = frozenset(_RAW["not_signing"])
COPIES = frozenset(_RAW["copies"])
MAKES = tuple(_RAW["makes"])
