"""Chasing: reminders, chasers and escalations, and what keeps one from being written.

The ladder is data (`config/ladder.toml`). Begin with `chasing.py`; why somebody is not chased is
in `suppression.py`."""
