"""Samples: what every kind of letter looks like, about a made-up case. `facts.py` holds what they
say, `drafts.py` the letters."""
