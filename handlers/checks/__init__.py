"""Checks: a document that was read becomes findings, by the shape of its kind.

Read `recognition/` (which returns are in a document), then the judge of each shape:
`form/judge.py`, `report/judge.py`, `table/judge.py`.

Never touches: the register, the disk, the clock."""
