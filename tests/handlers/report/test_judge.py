def test_a_good_imr_is_accepted_without_a_word(draft):
    judged = draft.judged()
    assert judged.findings == ()
    print(judged)
