"""Whether a mailbox is worked by this register, by another, or as far as it says by none."""

from __future__ import annotations

from collections.abc import Iterator

from commands.doctor.check import DoctorContext, DoctorResult, well_result, wrong_result
from commands.sources import settings_claim
from intake.keys import KeysExposed, KeysInvalid, KeysMissing, read_keys
from intake.source_claim import SourceClaim
from intake.vault import Vault


def claim_results(
    name: str, owner: SourceClaim | None, context: DoctorContext, how_to_free: str
) -> Iterator[DoctorResult]:
    """`owner` is what the mailbox itself says; nothing is written into it."""
    if owner is None:
        yield well_result(f"{name}: no register says yet that it works this mailbox.")
    elif owner.mark == _own_mark(context):
        yield well_result(f"{name}: it is worked by this register.")
    else:
        yield wrong_result(
            f"{name}: it is worked by another scr-intake: {owner.says}.",
            f"Find out which of the two should work it, and stop the other. If that one is no"
            f" longer in use, {how_to_free}.",
        )


def _own_mark(context: DoctorContext) -> str | None:
    """None where there are no keys to make it, which is told elsewhere."""
    storage = context.settings.storage
    try:
        keys = read_keys(storage.keys, context.credentials)
    except (KeysMissing, KeysExposed, KeysInvalid):
        return None
    return settings_claim(context.settings, Vault(storage.vault, keys).keyed_hash).mark
