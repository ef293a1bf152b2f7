"""What came, as files that a person can open, and whether it may be handed out.

A file is named by the number of its entry: the sender's own name for it is told nowhere.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from handlers.judging.in_sandbox import SandboxJudge
from handlers.register.decision import WITHDRAW
from handlers.register.register import Register
from handlers.register.submissions import NOT_JUDGED_REASON, Entry
from intake.message.message import SNIFFED_FORMATS
from intake.spool import Spool
from intake.vault import OriginalMissing, SealBroken, Vault
from outbox.writing.letter import LetterAttachment

# The formats whose name is the ending that a person's programs know them by.
_ENDINGS = SNIFFED_FORMATS - {
    "text",
    "html",
    "ole-encrypted",
    "rpmsg",
    "tnef",
    "pgp",
    "empty",
    "unknown",
}
LOST_ORIGINAL = (
    "What came is missing, or does not open any more: please tell whoever looks after the service."
)
DESTROYED = "What came is destroyed."
DANGEROUS = (
    "It is held as dangerous to open, so it is not handed out. What was found in it is below."
)
NOT_OPENED = "We could not open it, so that nobody can say that it is safe; it is not handed out."


@dataclass(frozen=True, slots=True)
class OriginalFile:
    """A copy of what came."""

    name: str
    content: bytes


def copy_name(entry_id: int, format: str, content: bytes) -> str:
    """ "entry-41.docx"; "entry-41.txt" of what somebody wrote in the message itself."""
    if format == "text" and _is_plain_text(content):
        return f"entry-{entry_id}.txt"
    return f"entry-{entry_id}.{format if format in _ENDINGS else 'bin'}"


def _is_plain_text(content: bytes) -> bool:
    try:
        text = content.decode()
    except UnicodeDecodeError:
        return False
    return all(char.isprintable() or char in "\t\r\n" for char in text)


def why_not_handed_out(register: Register, entry: Entry) -> str:
    """Why a person does not get it by mail or in a folder, "" where they may. A message is as
    dangerous as anything in it."""
    gone = register.withdrawals.destroyed.is_gone
    if entry.decided == WITHDRAW or gone(entry.content):
        return DESTROYED
    beside = register.entries.entries_of_delivery(entry.delivery_id)
    if _is_dangerous([entry] if entry.position else [entry, *beside]):
        return DANGEROUS
    return NOT_OPENED if entry.reason == NOT_JUDGED_REASON else ""


def _is_dangerous(entries: Iterable[Entry]) -> bool:
    return any(f.severity == "danger" for entry in entries for f in entry.told.findings)


def read_if_whole(vault: Vault, content: str) -> bytes:
    """What came; nothing where it is missing or does not open, which is told elsewhere."""
    try:
        return vault.read_original(content)
    except (OriginalMissing, SealBroken):
        return b""


def original_file(
    spool: Spool, vault: Vault, sandbox_judge: SandboxJudge, entry: Entry
) -> OriginalFile:
    """Raises what the vault raises, UnforeseenFault and WorkerUnavailable."""
    raw = vault.read_original(entry.content)
    message = not entry.position and not spool.get(entry.delivery_id).is_file
    format = "eml" if message else sandbox_judge.sniff_format(raw)
    return OriginalFile(copy_name(entry.id, format, raw), raw)


def original_attachments(
    register: Register, spool: Spool, vault: Vault, sandbox_judge: SandboxJudge, entry_id: int
) -> tuple[LetterAttachment, ...]:
    """What goes with an answer; nothing where it may not be handed out any more."""
    entry = register.entries.get_entry(entry_id)
    if entry is None or why_not_handed_out(register, entry):
        return ()
    try:
        file = original_file(spool, vault, sandbox_judge, entry)
    except (OriginalMissing, SealBroken):
        return ()
    return (LetterAttachment(file.name, file.content, "octet-stream"),)
