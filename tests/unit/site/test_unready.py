"""Pages of a preview that are not for readers yet: which they are, and why."""

from __future__ import annotations

from datetime import UTC, datetime

from generator.model.output import Unready


def test_drafts_and_dates_ahead_are_unready_in_a_preview(new_site, tmp_path) -> None:
    site = new_site(tmp_path / "site").page("now.md", date="2024-01-01").page("later.md", date="9999-01-02T03:04:05Z")
    site.page("draft.md", draft="true").page("both.md", draft="true", date="9999-01-01")
    site.write("content/part/_index.md", "+++\ndraft = true\n+++\n")
    assert dict(site.build(mode="serve", drafts=True).output.unready) == {
        "later/index.html": Unready(date=datetime(9999, 1, 2, 3, 4, 5, tzinfo=UTC)),
        "draft/index.html": Unready(draft=True),
        "both/index.html": Unready(draft=True, date=datetime(9999, 1, 1, tzinfo=UTC)),
        "part/index.html": Unready(draft=True),
    }
    assert dict(site.build(mode="serve").output.unready).keys() == {"later/index.html"}
    assert not site.build(drafts=True).output.unready
