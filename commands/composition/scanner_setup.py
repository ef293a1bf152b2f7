"""The virus scanner that the settings name."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from config.settings import Settings
from handlers.scanning.clamd import ClamdClient
from handlers.scanning.virus_scanner import ScannerTerms, VirusScanner


def build_virus_scanner(settings: Settings) -> VirusScanner | None:
    """None where none is configured: then nothing is looked through for viruses. Its signatures age
    by the machine's own clock, whatever time a command was told it is."""
    asked = settings.scanner
    if asked is None:
        return None
    clamd = ClamdClient(asked.address, asked.answer_seconds, asked.scan_seconds)
    terms = ScannerTerms(asked.largest_bytes, timedelta(days=asked.signatures_at_most_days))
    return VirusScanner(clamd, terms, lambda: datetime.now(UTC))
