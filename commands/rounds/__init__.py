"""The steps of a round: take in, judge, write, send, and look after the service itself.

Does: `once.py`, beside this package, has the table of the steps and runs it; here is a module for
each kind of step, and what a round tells: its report, its events in the log, its measurements.
Trusts: nothing that came. An item that goes wrong stops no other.
Never touches: a document but by the confined worker; a source's copy before ours is durable.
Start at `take_in.py`.
"""
