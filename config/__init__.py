"""Policy, as a board officer could read it aloud; it imports nothing of the other packages.

What the board decides is in `scr-intake.toml` (settings), `kinds/` (the kinds of return and their
rules) and `letters/` (every word of every letter). Then there are the tables that decide:

    ladder.toml          who is reminded and chased, so many working days before and after
    default_rules.toml   the rules that every kind of return has
    arrivals.toml        the rules about a file itself, whatever is in it
    value_refusals.toml  what an author is told of a date, time or Y/N that cannot be taken
    colours.toml         the colours of letters

the words that documents are read by:

    not_yet_in_blanks.toml        "TBC", "awaiting signature", "N/A": a blank is not filled in
    not_yet_in_reports.toml       "Analysis to follow": part of a report is still to come
    unfinished_report_words.toml  "More here please": other signs that a report is not finished
    colleague_note_words.toml     "Sue to confirm": a colleague's note left in a report
    pointing_words.toml           "ditto", "As per IMR": a blank that points to another place
    entry_note_words.toml         a note in a cell of a chronology, which is no entry
    signed_form_doubt_words.toml  what somebody added to a signed form that makes it doubtful
    nil_return_words.toml         every sentence that a nil return may have
    label_words.toml              what stands in and around the labels of blanks
    person_name_words.toml        by what prose names somebody of the family
    front_table_words.toml        tables around a report or chronology: versions, glossaries, keys
    open_place_words.toml         "weight was ??": a place left open in an entry or a report
    side_table_words.toml         tables beside a chronology that are no part of it
    season_words.toml             "Spring 2009", and the days that it may mean

and the words that mail is read by:

    mail_words.toml            how auto-replies, absence notes, bounces and sealed mail are known
    bounce_reasons.toml        why a letter came back, and whether that closes the address
    covering_words.toml        a mail that only brings documents
    small_talk.toml            a mail that asks nothing of anybody
    return_names.toml          what people call a return
    danger_words.toml          danger to a child, told by somebody not registered
    scope_words.toml           news that may alter the scope of a review
    time_request_words.toml    what asks for more time
    time_request_reasons.toml  the reason that it gives
    order_words.toml           what a line of a reply to the digest may order
    telling_words.toml         which sentence of a message the digest quotes

`kind_loading.py` reads the kinds, `settings.py` the settings; each file of words is read by the
module of its name, by `mail_words.py`, `time_request_words.py` or `word_lists.py`.
"""
