"""What a mail gateway leaves in the place of a file that it took out of a message.

Does: tells such a notice from a document, by how its name begins together with what it says, or by
what it says alone where the text is short; and a line that a gateway put into the message itself.
Trusts: nothing. A forged notice costs its sender a letter that asks for the document again.
Never touches: the gateway, or what it holds back.
Known limits: the words are those of `config/mail_words.toml`. A person who writes that their file
was blocked is not taken for a gateway, unless they begin the line as one does.
"""

from __future__ import annotations

from config.mail_words import MAIL_WORDS
from intake.message.body import words_of

LONGEST = 20_000  # bytes of a notice; what is longer is somebody's text
SHORT = 3_000  # characters, from which on its words alone are not enough
FIRST = 12  # lines of a message in which a gateway speaks
_WORDS = MAIL_WORDS.removed
_STRIPPED = " \t*#[({<>-=|!_:"


def is_notice(name: str, sniffed: str, content: bytes) -> bool:
    """Whether an attached text or page stands where a gateway took a file out."""
    if sniffed not in ("text", "html") or len(content) > LONGEST:
        return False
    named = name.strip().lower().startswith(_WORDS.files)
    text = content.replace(b"\0", b"").decode("utf-8", "replace")
    said = " ".join((words_of(text) if sniffed == "html" else text).lower().split())
    says = any(words in said for words in _WORDS.says)
    return (says and (named or len(said) < SHORT)) or (named and len(said) < SHORT)


def is_told_in(text: str) -> bool:
    """Whether one of the first lines of a message is a gateway's word that it took a file out."""
    lines = [line.strip(_STRIPPED).lower() for line in text.splitlines() if line.strip()]
    return any(
        line.startswith(_WORDS.begins) and any(words in line for words in _WORDS.says)
        for line in lines[:FIRST]
    )
