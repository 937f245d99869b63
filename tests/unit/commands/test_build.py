"""`hanji build`: its options, what it says, and what it leaves alone."""

from __future__ import annotations

import re
from pathlib import Path

from generator.model.output import BuildReport


def test_build_publishes_to_the_configs_folder_and_says_what_it_did(hanji, pipeline) -> None:
    answer = hanji("--root", "site", "build")
    assert answer.status == 0
    assert (pipeline.root / "public/index.html").read_text() == "<p>home</p>"
    lines = answer.err.split("\n")
    assert lines[:2] == ["Building site...", "-> Creating 3 pages (1 orphan) and 2 sections"]
    done, _, did = lines[2].partition(": ")
    assert re.fullmatch(r"Done in (\d+ms|\d+\.\ds)", done)
    assert did == f"1 written, 0 unchanged, 0 removed in {pipeline.root / 'public'}."
    assert not answer.out


def test_options_reach_the_pipeline(hanji, pipeline) -> None:
    hanji("-r", "site", "build", "-u", "https://x.test", "--drafts", "--minify", "--jobs", "3")
    options = pipeline.options[0]
    assert (options.base_url, options.drafts, options.minify, options.jobs) == ("https://x.test", True, True, 3)
    assert options.mode == "build"


def test_output_dir_is_taken_from_the_current_folder(hanji, pipeline, tmp_path: Path) -> None:
    assert hanji("-r", "site", "build", "-o", "out").status == 0
    assert (tmp_path / "out/index.html").exists()
    assert not (pipeline.root / "public").exists()


def test_existing_output_dir_needs_force(hanji, pipeline, tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out/mine.txt").touch()
    answer = hanji("-r", "site", "build", "-o", "out")
    assert answer.status == 1
    assert "Directory 'out' already exists. Use --force to overwrite." in answer.err
    assert "holds files that are no site's" in hanji("-r", "site", "build", "-o", "out", "--force").err
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["mine.txt"]
    (tmp_path / "out/index.html").touch()
    assert hanji("-r", "site", "build", "-o", "out", "--force").status == 0
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["index.html"]


def test_the_site_is_never_published_over_itself(hanji, pipeline) -> None:
    (pipeline.root / "config.toml").touch()
    answer = hanji("-r", "site", "build", "-o", "site", "--force")
    assert answer.status == 1
    assert "it is the site itself" in answer.err
    pipeline.output_dir = pipeline.root / "content"
    assert hanji("-r", "site", "build").status == 1
    assert (pipeline.root / "config.toml").exists()


def test_warnings_are_listed_each_once(hanji, pipeline) -> None:
    pipeline.report = BuildReport(pages=1, ignored=("content/a.md",), warnings=("unknown language", "unknown language"))
    answer = hanji("-r", "site", "build")
    assert answer.status == 0
    assert (
        "warning: 1 page(s) ignored (missing date or weight in a sorted section):\n"
        "  - content/a.md\n"
        "warning: unknown language\n"
        "Done in" in answer.err
    )


def test_check_says_what_the_site_holds_and_names_orphans(hanji, pipeline) -> None:
    pipeline.report = BuildReport(pages=3, orphans=1, sections=0, orphan_paths=("/o/orphan/",))
    answer = hanji("-r", "site", "check", "--drafts", "--skip-external-links")
    assert answer.status == 0
    assert answer.err.split("\n")[:3] == [
        "Checking site...",
        "-> Site content: 3 pages (1 orphan), 0 sections",
        "warning: Orphan page found: /o/orphan/",
    ]
    options = pipeline.options[0]
    assert (options.mode, options.drafts, options.skip_external_links) == ("check", True, True)
    assert not (pipeline.root / "public").exists()
