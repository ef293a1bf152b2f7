"""Alerts: what the operator is told at once, by mail and by ways besides mail.

Begin with `alerts.py`."""
