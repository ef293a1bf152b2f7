"""Says what of an address in the world's own letters is plainly one address (RFC 6531, RFC 5891).

Letters of two alphabets in one name are refused (failure mode 43), and a domain that IDNA 2003
would change has to be written as it travels. The confined worker imports this: no pydantic here.
"""

from __future__ import annotations

import encodings.idna  # noqa: F401  the worker may open no codec later
import re
import unicodedata

MAX_LOCAL_PART_BYTES = 64  # octets, RFC 5321
MAX_ADDRESS_LENGTH = 254  # RFC 5321, as corrected by its erratum 1690
_ASCII = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]")
_LABEL = re.compile(r"(?!-)[a-z0-9-]{1,63}(?<!-)")
# Alphabets that are written together.
_ONE = {"CJK": "HAN", "HIRAGANA": "HAN", "KATAKANA": "HAN", "HANGUL": "HAN", "BOPOMOFO": "HAN"}


def normalise_local_part(text: str) -> str:
    """It in its composed form; "" when it is none."""
    composed = unicodedata.normalize("NFC", text)
    atoms = composed.split(".")
    plain = all(atom and all(map(_is_written, atom)) for atom in atoms)
    fits = len(composed.encode("utf-8", "replace")) <= MAX_LOCAL_PART_BYTES
    return composed if plain and fits and _of_one_alphabet(composed) else ""


def domain_to_ascii(domain: str) -> str:
    """The domain in lower case, as it travels; "" when it is no host name of two labels or more."""
    domain = unicodedata.normalize("NFC", domain).lower()
    if len(domain) > MAX_ADDRESS_LENGTH or not all(map(_of_one_alphabet, domain.split("."))):
        return ""
    if not domain.isascii():
        try:
            encoded = domain.encode("idna")
            if encoded.decode("idna") != domain:
                return ""
            domain = encoded.decode("ascii")
        except UnicodeError:
            return ""
    labels = domain.split(".")
    return domain if len(labels) > 1 and all(_LABEL.fullmatch(x) for x in labels) else ""


def _is_written(char: str) -> bool:
    if char.isascii():
        return _ASCII.fullmatch(char) is not None
    return unicodedata.category(char)[0] in "LMN"


def _of_one_alphabet(text: str) -> bool:
    letters = (char for char in text if char.isalpha())
    return len({_alphabet(char) for char in letters}) <= 1


def _alphabet(char: str) -> str:
    if char.isascii():
        return "LATIN"
    word = unicodedata.name(char, "UNKNOWN").partition(" ")[0]
    return _ONE.get(word, word)
