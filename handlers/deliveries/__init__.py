"""What a delivery holds, put before the judges and made into parts for the register.

Does, in this order:

    process_delivery   a delivery       -> read, attributed, judged and logged, in one transaction
    judge_documents    its documents    -> judged, and held against where their agency stands
    never_answered     a machine's mail -> logged for what it is, and no letter answers it
    message_text       a message's own words -> a small return, a wish for more time, a question
    sort_by_case       of unclear case  -> each by what it says of itself
    judged_delivery    all of it        -> what the delivery comes to, not yet logged

Trusts: the place that `handlers/senders/attribution.py` found.
Never touches: letters.
Known limits: each module lists its own.
"""
