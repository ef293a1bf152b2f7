"""Sending: the queue of letters, the gate before the door, and the transports.

Trusts a mail server no further than its certificate and its answers. A letter is sent as it was
written. Begin with `letter_queue.py` and `letter_dispatcher.py`."""
