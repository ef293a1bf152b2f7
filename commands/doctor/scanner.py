"""Whether what comes in is looked through for viruses, as tried with the test virus."""

from __future__ import annotations

from collections.abc import Iterator

from commands.composition.scanner_setup import build_virus_scanner
from commands.doctor.check import (
    DoctorContext,
    DoctorResult,
    soon_result,
    well_result,
    wrong_result,
)
from config.calendar import day_month_and_year
from handlers.scanning.virus_scanner import ScannerUnavailable

NO_SCANNER = (
    "No virus scanner is set up: what comes in is not looked through for viruses."
    " `[scanner]` in the settings names one."
)


def check_scanner(context: DoctorContext) -> Iterator[DoctorResult]:
    """It is asked what it is, and given the test virus, as large as anything that it is given."""
    asked, scanner = context.settings.scanner, build_virus_scanner(context.settings)
    if asked is None or scanner is None:
        yield well_result(NO_SCANNER)
        return
    try:
        standing, tells = scanner.require_ready(), scanner.tells_of_limits()
    except ScannerUnavailable as why:
        yield wrong_result(f"{why.sentence} Nothing that comes in is opened.", why.fix)
        return
    yield well_result(
        f"The virus scanner found the test virus at the end of {asked.largest_mb:,} MB. Its"
        f" signatures are of {day_month_and_year(standing.signatures.date())}."
    )
    if not tells:
        yield soon_result(
            "What it left off at, at a limit of its own such as how deep, it calls clean.",
            "Set `AlertExceedsMax yes` in clamd.conf; then: `systemctl restart clamav-daemon`",
        )
