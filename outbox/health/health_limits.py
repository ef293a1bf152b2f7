"""From when on the service is not well: every bound that the digest, `scr-intake status
--health` and `scr-intake doctor` share, and where `doctor` advises before the others complain."""

from __future__ import annotations

from datetime import timedelta

# A round. The monitor allows two looks at the sources (`scan_seconds`) on top of either.
ROUND_DEGRADED_AFTER = timedelta(minutes=20)  # without a round that ended
USUAL_ROUND_TIME = timedelta(minutes=4)  # of a round with a delivery that takes all its time
PUBLISHED_HEALTH_IS_OLD_AFTER = 2 * ROUND_DEGRADED_AFTER  # what the service wrote of itself

SOURCE_SILENT_AFTER = timedelta(hours=1)  # since a source answered
JUDGING_DEGRADED_AFTER = timedelta(hours=1)  # of waiting to be judged

# The disk: shares of it that are free.
DISK_SCARCE_SHARE = 0.10  # below it everybody is told
DISK_NEARLY_FULL_SHARE = 0.03  # below it `doctor` says "now" rather than "within days"
DISK_FULL_SHARE = 0.0005  # below it nothing can be taken in

LOOK_DEGRADED_AFTER = timedelta(days=3)  # since all that is kept was looked through, each night

# The age of the last backup, or of the register where there was never one.
BACKUP_DEGRADED_AFTER = timedelta(days=7)
BACKUP_ADVISED_AFTER = timedelta(days=2)  # `doctor` advises before anything is degraded
