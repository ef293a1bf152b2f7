"""What a delivery holds, put before the judges and made into lots for the register.

Does, in this order:

    container     a dropped file   -> the documents it is, or holds
    desk          documents        -> judged, and held against where their agency stands
    sorting       of unclear case  -> each by what it says of itself
    lots          what is placed, and what is set apart for a person
    settlement    all of it        -> what the delivery comes to, not yet logged

Trusts: the place that `handlers/senders/attribution.py` found.
Never touches: letters. The clerk logs what is settled here.
Known limits: each module lists its own.
"""
