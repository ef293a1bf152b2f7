"""Whether the drop folder, the secrets and the checking of signatures are as the settings say."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

from cryptography import x509

from commands.clock_doubt import is_clock_doubted
from commands.composition.sources import read_decryption_seal, settings_claim
from commands.composition.transports import transport_places
from commands.doctor.check import (
    DoctorContext,
    DoctorResult,
    soon_result,
    well_result,
    wrong_result,
)
from commands.doctor.claims import NOT_TOLD_HINT, register_marks
from config.authorities import read_authorities
from config.mailbox_settings import AccountSettings, MaildirSettings
from config.settings import DropSettings, Settings
from config.user_file import InvalidUserFile
from intake.drop.scan import DONE_FOLDER, RETURNED_FOLDER, is_ignored_name, scan_drop_folder
from intake.drop.shared_folder import SharedFolder, drop_folder_in_words
from intake.drop.watcher import choose_watch_method, file_system_type, read_mount_table
from intake.sign_in.accounts import AccountFactory
from intake.signatures.signature import is_extra_installed
from intake.source import ItemUnreadable, SourceUnavailable


def check_drop_folder(context: DoctorContext) -> Iterator[DoctorResult]:
    """Each drop folder in turn; nothing where there is none."""
    for drop in context.settings.drop_folders:
        yield from _drop_folder(drop, context)


def _drop_folder(drop: DropSettings, context: DoctorContext) -> Iterator[DoctorResult]:
    mark = register_marks(context)
    says = settings_claim(context.settings, mark).says if mark is not None else ""
    owner = SharedFolder.register_claim(mark, says) if mark is not None else None
    share = SharedFolder(drop.path, owner, drop.name)
    try:
        share.check_available()
        claimed = share.is_claimed()
    except SourceUnavailable as why:
        yield wrong_result(why.sentence, why.fix)
        return
    chosen = choose_watch_method(drop.mode, file_system_type(drop.path, read_mount_table()))
    every = context.settings.schedule.scan_seconds
    yield well_result(chosen.sentence_for_status(every, drop_folder_in_words(drop.name)))
    if claimed and mark is None:
        yield soon_result(
            f"Whether the {drop_folder_in_words(drop.name)} is worked by this register cannot be"
            " told without its keys.",
            NOT_TOLD_HINT,
        )
    yield from _agencies(drop.path)
    yield from _odd(share)


def _agencies(folder: Path) -> Iterator[DoctorResult]:
    """Counted, not named: anyone may have made one of them."""
    ours = {DONE_FOLDER, RETURNED_FOLDER}
    found = [p for p in folder.iterdir() if p.is_dir() and not is_ignored_name(p.name)]
    agencies = [path for path in found if path.name.casefold() not in ours]
    shut = [path for path in agencies if not os.access(path, os.R_OK | os.W_OK | os.X_OK)]
    if shut:
        fix = "Let the service read and write them: it moves files and puts receipts there."
        yield wrong_result(f"{len(shut)} of {len(agencies)} folders in it cannot be worked.", fix)
    else:
        yield well_result(f"All {len(agencies)} folders in it can be read and written.")


def _odd(share: SharedFolder) -> Iterator[DoctorResult]:
    """Counted, not named, and not opened."""
    try:
        with share.open_root() as root:
            odd = len(scan_drop_folder(root).odd)
    except (SourceUnavailable, ItemUnreadable):  # a moment ago it was well
        return
    if odd:
        what = "thing lies in it that is" if odd == 1 else "things lie in it that are"
        yield soon_result(
            f"{odd:,} {what} not taken: links, what is no ordinary file, or files outside the"
            " agencies' folders.",
            "Ask whoever put them there for copies in the agency's folder.",
        )


EXPIRES_SOON = timedelta(days=30)


def check_signatures(context: DoctorContext) -> Iterator[DoctorResult]:
    """The authorities, then the key."""
    asked = context.settings.signatures
    if asked.authorities is not None:
        yield from _authorities(asked.authorities, context)
    if asked.key_file is not None:
        yield from _seal(context)


def _authorities(folder: Path, context: DoctorContext) -> Iterator[DoctorResult]:
    try:
        held = [x509.load_der_x509_certificate(der) for der in read_authorities(folder)]
    except InvalidUserFile as refused:
        yield wrong_result(str(refused), "Put the authorities' certificates there, in PEM form.")
        return
    except ValueError:
        yield wrong_result(
            "A certificate in the authorities' folder cannot be read.", "Replace it."
        )
        return
    if is_extra_installed():
        number = "1 authority is" if len(held) == 1 else f"{len(held)} authorities are"
        yield well_result(f"Digital signatures are checked; {number} believed.")
    else:
        yield wrong_result(
            "Digital signatures cannot be checked: each is a question for a person.",
            "Install the service with its extra `sig`.",
        )
    for certificate in held:
        yield from _ending(certificate, "The certificate of an authority", context)


def _seal(context: DoctorContext) -> Iterator[DoctorResult]:
    try:
        seal = read_decryption_seal(context.settings.signatures, context.credentials)
    except InvalidUserFile as refused:
        yield wrong_result(str(refused), "Mend the setting, or the file that it names.")
        return
    if seal is not None:
        yield well_result("Mail that is encrypted to the service can be opened.")
        yield from _ending(seal.certificate, "The service's own certificate", context)


def _ending(
    certificate: x509.Certificate, whose: str, context: DoctorContext
) -> Iterator[DoctorResult]:
    if is_clock_doubted(context.settings, context.credentials, context.now, played=context.played):
        yield soon_result(
            f"When {whose[:1].lower()}{whose[1:]} runs out is not known while the clock is"
            " doubted.",
            "Set the clock right first.",
        )
        return
    end = certificate.not_valid_after_utc
    if end < context.now:
        yield wrong_result(f"{whose} has run out.", "Put the one that follows it in its place.")
    elif end < context.now + EXPIRES_SOON:
        yield soon_result(
            f"{whose} runs out on {end:%d %B %Y}.", "Ask for the one that follows it."
        )


def check_secrets(context: DoctorContext) -> Iterator[DoctorResult]:
    """One line for each account."""
    accounts = AccountFactory(context.credentials, time.time)
    for place, account in mail_accounts(context.settings):
        problems = list(accounts.account_problems(account, place))
        for problem in problems:
            yield wrong_result(f"{problem}.", "Mend the setting, or the file that it names.")
        if not problems:
            yield well_result(f"{place}: there is what it is signed in to with.")


def mail_accounts(settings: Settings) -> Iterator[tuple[str, AccountSettings]]:
    """Each account on a mail server, and where the settings name it."""
    for n, mailbox in enumerate(settings.mailbox, 1):
        if isinstance(mailbox, AccountSettings):
            yield f"mailbox {n}", mailbox
    for place, way in transport_places(settings.outbox):
        if isinstance(way, AccountSettings):
            yield place, way


def check_answers(context: DoctorContext) -> Iterator[DoctorResult]:
    """Whose mails settle what the digest asks, and what proves them."""
    board, boxes = context.settings.board, context.settings.mailbox
    if board.answers == "off":
        yield well_result("Nothing is settled by mail, as `answers` says.")
        return
    served = any(not isinstance(box, MaildirSettings) for box in boxes)
    if served and board.answers == "keyed":
        yield wrong_result(
            "Anybody who knows the administrator's address and has seen a digest can settle what it"
            ' asks: `answers` is "keyed", and a mailbox is on a mail server.',
            'Set `answers` to "proven".',
        )
    else:
        yield well_result(
            f'The administrator settles by mail what they are asked: answers = "{board.answers}".'
        )
