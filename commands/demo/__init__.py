"""The demonstration: a made-up board, a made-up case, and documents of its agencies.

Does: plays `demo_script` on a board in a folder of its own; begin reading at `command`.
Trusts: the documents in `documents/`, ready-made Word files that `tools/write-docs` writes from
`tests/papers/`.
Never touches: a real register, mailbox or folder.
"""
