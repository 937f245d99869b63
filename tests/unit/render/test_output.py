"""Which template makes a file, and what is said when there is none."""

import pytest

from generator.errors import SiteError


@pytest.mark.parametrize(
    "files",
    [
        {"content/a.md": '+++\ntemplate = ""\n+++\n'},
        {"content/_index.md": '+++\ntemplate = ""\n+++\n'},
        {"content/_index.md": '+++\npage_template = ""\n+++\n', "content/a.md": "+++\n+++\n"},
    ],
)
def test_a_template_without_a_name_is_missing(site, files) -> None:
    for path, text in files.items():
        site.write(path, text)
    with pytest.raises(SiteError, match="the template wasn't found"):
        site.build()
