"""The builders are all to be had under one name; the files beside this one look at each."""

from __future__ import annotations

import tests.builders as builders


def test_every_builder_can_be_imported_under_one_name() -> None:
    missing = [name for name in builders.__all__ if not hasattr(builders, name)]
    assert not missing


def test_the_documents_of_the_demonstration_are_not_copied() -> None:
    import tests.papers.papers as papers

    for name in papers.__all__:
        assert getattr(builders, name) is getattr(papers, name)
