"""The service's own health: from when on something is not well, and the words for it.

It reads what rounds recorded (outages, ways that are closed, the last answer of each source) and
changes nothing. `health_limits.py` says from when on; `health_conditions.py` lists every
condition for a monitor, and `scr-intake status --health` ends with status 1 while one of them is
degraded; `health_for_digest.py` tells the same to the administrator, from what
`health_reader.py` saw.
"""
