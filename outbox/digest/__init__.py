"""The digest: the administrator's day on one screen, worst first, and the service's health.

Reads the register, the spool and the queue; writes none of them. Begin with `briefing.py`, which
gathers, and `digest.py`, which lays out."""
