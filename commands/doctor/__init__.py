"""`scr-intake doctor`: proves piece by piece that the service can do its work.

A check is a function that is given the `DoctorContext` and yields a `DoctorResult` for each thing
it looked at, one sentence each; what is not well also says what to do. To add one: write the
function in a fitting module here, and add a line to `DOCTOR_CHECKS` in `command.py`. The order of
the table is the order in which people read it. A check opens what it needs by itself and closes it
again, changes nothing that the service would not change at its start, and may raise whatever it
likes: that is told, and stops no other check.
"""
