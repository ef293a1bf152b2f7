"""Makes a folder for each agency in each drop folder, when a case is loaded."""

from __future__ import annotations

from pathlib import Path

from commands.composition.app import Application
from intake.drop.scan import SENTINEL_FILE
from intake.drop.shared_folder import ShareClaimedElsewhere, SharedFolder, make_drop_folder
from intake.source import SourceUnavailable


def make_agency_folders(app: Application, *, first: bool) -> str | None:
    """A folder for each agency in each drop folder; one that is there is left alone.

    Returns what stood in the way. Only for the `first` case is a drop folder itself made where
    it is missing: later that means a share is not mounted, and a folder made in its place would
    look like an empty share (failure mode 23).
    """
    found = (
        _make_in(app, asked.path, drop.share, first=first)
        for asked, drop in zip(app.settings.drop_folders, app.drops, strict=True)
    )
    return " ".join(trouble for trouble in found if trouble) or None


def _make_in(app: Application, folder: Path, share: SharedFolder, *, first: bool) -> str | None:
    again = "Load the case again when that is put right, to make the agencies' folders."
    try:
        share.refuse_inner_folder()
        if first:
            make_drop_folder(folder)
        if not (folder / SENTINEL_FILE).is_file():
            return (
                f"The drop folder {folder} is not there, or {SENTINEL_FILE} is not in it. {again}"
            )
        share.sign_folder()
        for case in app.register.case_matrix(app.now().date()):
            for agency in case.agencies:
                (folder / agency.code).mkdir(mode=0o770, exist_ok=True)
    except ShareClaimedElsewhere as why:
        return f"{why.explanation}\n{again}"
    except SourceUnavailable as why:
        return f"{why.sentence} {again}"
    except OSError as why:
        return f"The drop folder {folder} cannot be written: {why.strerror}. {again}"
    return None
