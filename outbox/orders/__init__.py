"""What digests asked, which mails answered it, and what was done by them: kept, and read back.

`numbered_asks` and `order_records` alone write the tables.
"""
