"""The judge of documents in numbered sections: reviews, overview reports, summaries.

`judge.py` runs the checks in their order; `report.py` is a report as they see it. `sections` and
`headings` find the parts, `front_sheet` and `sign_off` the blanks, `plan` the action plan,
`anonymity`, `kin_names` and `ranked_names` the names that must not be there, `unfinished_text`
what is not finished.

Trusts: the kind's TOML for every heading, wording and severity; nothing in a document. Never
touches: files, XML, the clock, the register: it runs in the confined worker.
"""
