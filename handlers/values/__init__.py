"""What a person typed, read as it was meant.

Does: `dates` and `relative_days` read a day, `times` a time, `ages` an age; `time_requests`
knows the words that ask for more time; `blanks_not_filled` knows what says in a blank that
nothing is there yet, `pointing` what points elsewhere, `report_parts_to_come` and `unfinished`
what says so in a report, `template_words` what a template prints, `doubts` what makes a form
doubtful; `normalise` compares words, parts two languages, and lets a short value back out into
a letter, and nothing else; `agency_names` and `case_reference` find whose it is. Trusts:
nothing. Never touches: documents, the register, the clock. Known limits: each module lists its
own.
"""
