"""Takes away what lies plain of what is withdrawn, in drop folders and Maildirs, and tells what is
out of reach."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import gettempdir

from commands.composition.app import Application
from commands.decisions.handed_out import forget_handed_out, originals_folder
from config.calendar import date_in_words
from handlers.register.withdrawals import Withdrawal
from intake.drop.archive import comments_copy_name, receipt_file_name
from intake.message.message import SNIFFED_FORMATS
from intake.source import ItemUnreadable, ItemVanished, SourceUnavailable, WithdrawnCopy
from intake.spool import Delivery


@dataclass(frozen=True, slots=True)
class ClearedCopies:
    """How many files were deleted, and a sentence for each place that could not be cleared."""

    count: int
    left: tuple[str, ...]


OPENED_PREFIX = "scr-intake-"  # of the folder that `open` makes for each copy


def opened_copies(entry_ids: Collection[int]) -> list[Path]:
    """The folders on this machine in which copies of some entries lie that were opened to be read,
    as far as this user may look into them."""
    found = set[Path]()
    for id in entry_ids:
        for pattern in (f"entry-{id}.*", f"entry-{id}-mail.eml"):
            copies = Path(gettempdir()).glob(f"{OPENED_PREFIX}*/{pattern}")
            found |= {path.parent for path in copies}
    return sorted(found)


def clear_plain_copies(app: Application, withdrawn: Withdrawal) -> ClearedCopies:
    """Delete them. Doing it twice is harmless."""
    count, left = 0, list[str]()
    count += forget_handed_out(originals_folder(app.settings), [e.id for e in withdrawn.entries])
    for id in withdrawn.deliveries:
        delivery = app.spool.get(id)
        source = next((one for one in app.sources if one.name == delivery.source), None)
        try:
            copy = WithdrawnCopy(
                _way(delivery), _is(app, delivery), frozenset(_returned_names(delivery))
            )
            removed = source.remove_copies(copy) if source is not None else None
            count += removed or 0
            if removed is None:
                left.append(_out_of_reach(app, delivery))
        except (SourceUnavailable, ItemVanished, ItemUnreadable, OSError):
            left.append(_out_of_reach(app, delivery))
    return ClearedCopies(count, tuple(left))


def _is(app: Application, delivery: Delivery) -> Callable[[bytes], bool]:
    return lambda data: app.vault.keyed_hash(data) == delivery.content


def _way(delivery: Delivery) -> tuple[str, ...]:
    below = delivery.case.split("/") if delivery.case else ()
    return (delivery.agency, *below) if delivery.agency is not None else ()


def _returned_names(delivery: Delivery) -> Iterator[str]:
    if delivery.name is not None:
        yield receipt_file_name(delivery.name)
        yield from (comments_copy_name(delivery.name, ending) for ending in SNIFFED_FORMATS)


def _out_of_reach(app: Application, delivery: Delivery) -> str:
    day = date_in_words(delivery.received.astimezone(app.settings.board.zone_info).date())
    if delivery.is_file:
        return (
            f"The drop folder {delivery.source} could not be looked through: look for the file of"
            f" {day} in `done/` and `returned/` of its agency's folder."
        )
    return (
        f"The mailbox {delivery.source} could not be cleared: delete the message of {day} there,"
        " and from its folder of deleted messages."
    )
