"""Whether a source is worked by this register, by another, or as far as it says by none."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from commands.composition.sources import settings_claim
from commands.doctor.check import (
    DoctorContext,
    DoctorResult,
    soon_result,
    well_result,
    wrong_result,
)
from config.refused_access import AccessRefused
from intake.keys import KeysExposed, KeysInvalid, KeysMismatched, KeysMissing, read_keys
from intake.source_claim import SourceClaim
from intake.vault import Vault

NOT_TOLD_HINT = "Put back the register's own keys first, and leave the claim as it is."


def claim_results(
    name: str, owner: SourceClaim | None, context: DoctorContext, how_to_free: str
) -> Iterator[DoctorResult]:
    """`owner` is what the mailbox itself says; nothing is written into it."""
    mark = register_marks(context)
    if owner is None:
        yield well_result(f"{name}: no register says yet that it works this mailbox.")
    elif mark is None:
        yield soon_result(
            f"{name}: whether it is worked by this register cannot be told without its keys. It"
            f" says that it is worked by: {owner.says}.",
            NOT_TOLD_HINT,
        )
    elif owner.mark != settings_claim(context.settings, mark).mark:
        yield wrong_result(
            f"{name}: it is worked by another scr-intake: {owner.says}.",
            f"Find out which of the two should work it, and stop the other. If that one is no"
            f" longer in use, {how_to_free}.",
        )
    elif not context.settings.storage.register_file.is_file():
        yield soon_result(
            f"{name}: it waits for the register of these settings, which is not there.",
            "Bring the register back first.",
        )
    else:
        yield well_result(f"{name}: it is worked by this register.")


def register_marks(context: DoctorContext) -> Callable[[bytes], str] | None:
    """How this register marks what it works; None where its own keys are not there to do it, which
    is told elsewhere."""
    storage = context.settings.storage
    try:
        vault = Vault(storage.vault, read_keys(storage.keys, context.credentials))
        if vault.was_ever_used():
            vault.check_keys()
    except (KeysMissing, KeysExposed, KeysInvalid, KeysMismatched, AccessRefused):
        return None
    return vault.keyed_hash
