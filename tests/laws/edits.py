"""What an author may do to the blog, one function a kind of edit; and random edits."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from hypothesis import strategies as st
from laws import choices
from laws.living_blog import SOURCE, Blog, picture

from generator.pipeline import Preview


def body(blog: Blog, page: str, version: int) -> None:
    """Write another text."""
    change(blog, f"content/{page}", lambda text: f"{front_of(text)}{choices.BODIES[version % len(choices.BODIES)]}\n")


def more_text(blog: Blog, page: str, version: int) -> None:
    """Write on at the end of a text."""
    change(blog, f"content/{page}", lambda text: f"{text}그리고 {version} xyz.\n")


def link(blog: Blog, page: str, target: str, anchor: str) -> None:
    """Link to a page that may not be there, or to a heading that it may not have."""
    change(blog, f"content/{page}", lambda text: f"{text}[가기](@/{target}{anchor})\n")


def title(blog: Blog, document: str, version: int) -> None:
    """Give a page or a section another title."""
    change(blog, f"content/{document}", lambda text: with_meta(text, "title", f'"제목 {version}"'))


def page_meta(blog: Blog, page: str, key: str, value: str | None) -> None:
    """Set, or take away, something in a page's front matter."""
    change(blog, f"content/{page}", lambda text: with_meta(text, key, value))


def section_meta(blog: Blog, section: str, key: str, value: str | None) -> None:
    """Set, or take away, something in a section's front matter."""
    change(blog, f"content/{section}", lambda text: with_meta(text, key, value))


def extra(blog: Blog, page: str, value: str) -> None:
    """Give a page an extra value."""
    change(blog, f"content/{page}", lambda text: with_meta(text, "extra.x", value))


def new_page(blog: Blog, page: str, version: int) -> None:
    """Write a page, whether it was there or not."""
    terms = f'[taxonomies]\ntags = ["t{version % 3}"]'
    meta = f'+++\ntitle = "쪽 {version}"\ndate = 2024-02-{version + 1:02}\n{terms}\n+++\n'
    blog.write(f"content/{page}", meta + choices.BODIES[version % len(choices.BODIES)] + "\n")


def new_section(blog: Blog, section: str, order: str) -> None:
    """Write a section's index, whether it was there or not."""
    blog.write(f"content/{section}", f'+++\ntitle = "절"\nsort_by = "{order}"\n+++\n본문\n')


def remove(blog: Blog, path: str) -> None:
    """Remove a file."""
    (blog.root / path).unlink(missing_ok=True)


def remove_folder(blog: Blog, folder: str) -> None:
    """Remove a folder of content with all that is in it."""
    shutil.rmtree(blog.root / "content" / folder, ignore_errors=True)


def rename(blog: Blog, page: str, new: str) -> None:
    """Give a file another name, over whatever has it."""
    old, target = blog.root / "content" / page, blog.root / "content" / new
    if old.exists():
        target.parent.mkdir(parents=True, exist_ok=True)
        old.rename(target)


def rename_folder(blog: Blog, folder: str, new: str) -> None:
    """Give a folder of content another name, unless that is taken."""
    old, target = blog.root / "content" / folder, blog.root / "content" / new
    if old.exists() and not target.exists() and old not in target.parents:
        target.parent.mkdir(parents=True, exist_ok=True)
        old.rename(target)


def to_bundle(blog: Blog, page: str) -> None:
    """Give a page a folder of its own."""
    rename(blog, page, f"{page.removesuffix('.md').removesuffix('.en')}/index{'.en' * ('.en.' in page)}.md")


def put_away(blog: Blog, folder: str) -> None:
    """Move a folder of content out of the site."""
    old, away = blog.root / "content" / folder, blog.root.parent / f"away-{folder.replace('/', '-')}"
    if old.exists() and not away.exists():
        old.rename(away)


def bring_back(blog: Blog, folder: str) -> None:
    """Move a folder that was moved away to where it was."""
    away, old = blog.root.parent / f"away-{folder.replace('/', '-')}", blog.root / "content" / folder
    if away.exists() and not old.exists():
        old.parent.mkdir(parents=True, exist_ok=True)
        away.rename(old)


def template(blog: Blog, name: str, version: int, fragment: str) -> None:
    """Change a template that the blog begins with."""
    source = (SOURCE / "templates" / name).read_text(encoding="utf-8")
    end = "{% endblock %}\n"
    inside = f"{fragment}<!-- {version} -->"
    blog.write(f"templates/{name}", f"{source.removesuffix(end)}{inside}{end * source.endswith(end)}")


def new_template(blog: Blog, name: str, version: int) -> None:
    """Add a template that the blog did without, or change it."""
    blog.write(f"templates/{name}", choices.NEW_TEMPLATES[name].format(version))


def broken_template(blog: Blog, name: str) -> None:
    """Save half a template."""
    blog.write(f"templates/{name}", "{% if page %}")


def theme_template(blog: Blog, name: str, version: int) -> None:
    """Add a template to the theme, or change it."""
    blog.write(f"themes/plain/templates/{name}", f"theme's {version}")


def data(blog: Blog, path: str, version: int) -> None:
    """Write a file of data."""
    text = {"json": f'["넷", "{version}"]', "csv": f"a,b\n{version},2\n", "toml": f"x = {version}\n"}
    blog.write(path, text[path.rpartition(".")[2]])


def static(blog: Blog, path: str, version: int) -> None:
    """Write a file that is published as it is."""
    blog.write(path, picture(version) if path.endswith(".png") else f"/* x{version} */\n")


def image(blog: Blog, path: str, shade: int) -> None:
    """Draw an image anew."""
    blog.write(path, picture(shade))


def sass(blog: Blog, path: str, version: int) -> None:
    """Write a style sheet or a part of one."""
    uses = '@use "part"\n' if path.endswith(".sass") else '@use "part";\n' if path == "sass/main.scss" else ""
    rule = f".x\n  order: {version}\n" if path.endswith(".sass") else f".x {{ order: {version} }}\n"
    blog.write(path, uses + rule)


def sass_outside(blog: Blog, sheet: str, version: int) -> None:
    """Use from a style sheet what stands elsewhere, which uses more, and change that."""
    up = "../" * (sheet.count("/") + 1)
    blog.write(f"sass/{sheet}", f'@use "{up}data/shared";\n')
    blog.write("data/_shared.scss", '@forward "more/colours";\n')
    blog.write("data/more/_colours.scss", f".shared {{ order: {version} }}\n")


def config(blog: Blog, key: str, value: str) -> None:
    """Change a setting."""
    change(blog, "config.toml", lambda text: with_meta(text, key, value))


def code_theme(blog: Blog, value: str) -> None:
    """Colour code in another way."""
    old = (blog.root / "config.toml").read_text(encoding="utf-8")
    head, _, rest = old.partition("[markdown.highlighting]\n")
    blog.write("config.toml", f"{head}[markdown.highlighting]\n{value}\n{rest[rest.index('[extra]') :]}")


def theme_config(blog: Blog, version: int) -> None:
    """Change what the theme sets."""
    blog.write("themes/plain/theme.toml", f'name = "plain"\n[extra]\nshade = "{version}"\n')


def touch(blog: Blog, path: str) -> None:
    """Give a file another time, and nothing else."""
    if (blog.root / path).exists():
        os.utime(blog.root / path, ns=(0, 1_700_000_000_000_000_000))


def change_unseen(blog: Blog, path: str, character: str) -> None:
    """Change a file's last letters and neither its size nor its time."""
    file = blog.root / path
    if file.exists():
        before, content = file.stat(), file.read_bytes()
        place = max(content.rfind(b"x"), content.rfind(b"y"), content.rfind(b"z"))
        if place > content.rfind(b"+++\n"):
            file.write_bytes(content[:place] + character.encode() + content[place + 1 :])
            os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))


def swap_pages(blog: Blog, one: str, other: str) -> None:
    """Exchange two files: each has a name, a size and times that the blog had before."""
    first, second = blog.root / "content" / one, blog.root / "content" / other
    if first.exists() and second.exists() and first != second:
        spare = first.with_name("spare")
        first.rename(spare)
        second.rename(first)
        spare.rename(second)


def move_static(blog: Blog, path: str, new: str) -> None:
    """Move a file that templates find by its name to another folder where they find it, too."""
    if (blog.root / path).exists():
        (blog.root / new).parent.mkdir(parents=True, exist_ok=True)
        (blog.root / path).rename(blog.root / new)


def tamper(blog: Blog, path: str) -> None:
    """Edit by hand what was published."""
    if (blog.public / path).is_file():
        (blog.public / path).unlink()
        blog.write(f"public/{path}", "tampered")


def unpublish(blog: Blog) -> None:
    """Remove all that was published."""
    shutil.rmtree(blog.public, ignore_errors=True)


def restart(blog: Blog) -> None:
    """End the preview, and begin another."""
    blog.preview = Preview()


def revert(blog: Blog, path: str) -> None:
    """Bring a file back as it was in the beginning."""
    if (SOURCE / path).exists():
        blog.write(path, (SOURCE / path).read_bytes())


# -- texts


def change(blog: Blog, path: str, edit: Callable[[str], str]) -> None:
    """Change a text; one that is not there is written first."""
    file, name = blog.root / path, path.removeprefix("content/")
    if not file.exists():
        new_section(blog, name, "none") if name in choices.SECTIONS else new_page(blog, name, 0)
    blog.write(path, edit(file.read_text(encoding="utf-8")))


def front_of(text: str) -> str:
    """Return the front matter with its fences."""
    return "+++".join(text.split("+++", 2)[:2]) + "+++\n"


def with_meta(text: str, key: str, value: str | None) -> str:
    """Return a text whose TOML has that value for the key, or lacks it."""
    table = "taxonomies" if key in choices.TAXONOMIES else "extra" if key == "extra.x" else ""
    key = key.rpartition(".")[2]
    lines = text.splitlines(keepends=True)
    there = [place for place, line in enumerate(lines) if line.startswith(f"{key} = ")]
    if there:
        lines[there[0]] = f"{key} = {value}\n" if value is not None else ""
    elif value is not None and table and f"[{table}]\n" in lines:
        lines.insert(lines.index(f"[{table}]\n") + 1, f"{key} = {value}\n")
    elif value is not None:
        place = lines.index("+++\n", 1) if table else 1
        lines[place:place] = [*([f"[{table}]\n"] if table else []), f"{key} = {value}\n"]
    return "".join(lines)


# -- random edits


@dataclass(frozen=True, slots=True)
class Edit:
    """One edit of a series. Its text is the call, so that a failing series can be read, and written into a test."""

    do: Callable[..., None]
    arguments: tuple[Any, ...]

    def __call__(self, blog: Blog) -> None:
        self.do(blog, *self.arguments)

    def __repr__(self) -> str:
        return f"{self.do.__name__}({', '.join(map(repr, self.arguments))})"


def any_edit() -> st.SearchStrategy[Edit]:
    """Return random edits; what authors do often comes often."""
    page, section, folder = map(st.sampled_from, (choices.PAGES, choices.SECTIONS, choices.FOLDERS))
    version = st.integers(0, 9)
    files = st.sampled_from(_every_file())

    def of(do: Callable[..., None], *arguments: st.SearchStrategy[Any]) -> st.SearchStrategy[Edit]:
        return st.tuples(*arguments).map(lambda chosen: Edit(do, chosen))

    def pair(do: Callable[..., None], *before: st.SearchStrategy[Any], table: Mapping[str, Sequence[Any]]) -> Any:
        pairs = st.sampled_from([(key, value) for key, values in table.items() for value in values])
        return st.tuples(*before, pairs).map(lambda chosen: Edit(do, (*chosen[:-1], *chosen[-1])))

    def one(names: Sequence[Any]) -> st.SearchStrategy[Any]:
        return st.sampled_from(names)

    return st.one_of(
        of(body, page, version),
        of(more_text, page, version),
        of(link, page, page, one(choices.ANCHORS)),
        of(title, st.one_of(page, section), version),
        pair(page_meta, page, table=choices.PAGE_META),
        pair(page_meta, page, table=choices.PAGE_META),
        pair(section_meta, section, table=choices.SECTION_META),
        of(extra, page, one(choices.EXTRAS)),
        of(new_page, page, version),
        of(new_section, section, one(("date", "title", "none"))),
        of(remove, files),
        of(remove_folder, folder),
        of(rename, page, page),
        of(rename_folder, folder, folder),
        of(to_bundle, page),
        of(put_away, folder),
        of(bring_back, folder),
        of(template, one(choices.TEMPLATES), version, one(choices.FRAGMENTS)),
        of(template, one(choices.TEMPLATES), version, one(choices.FRAGMENTS)),
        of(template, one(choices.TEMPLATES), version, one(choices.FRAGMENTS)),
        of(new_template, one(tuple(choices.NEW_TEMPLATES)), version),
        of(broken_template, one(choices.TEMPLATES)),
        of(theme_template, one(("404.html", "part.html", "maybe.html", "robots.txt")), version),
        of(data, one(choices.DATA), version),
        of(static, one((*choices.STATIC, *choices.ASSETS[:1])), version),
        of(image, one(choices.IMAGES), version),
        of(sass, one(choices.SASS), version),
        of(sass_outside, one(("main.scss", "sub/new.scss")), version),
        pair(config, table=choices.CONFIG),
        of(code_theme, one(choices.CODE_THEMES)),
        of(theme_config, version),
        of(touch, files),
        of(change_unseen, files, one(choices.LAST_LETTERS)),
        of(swap_pages, page, page),
        one(choices.MOVES).map(lambda move: Edit(move_static, move)),
        of(tamper, one(choices.PUBLISHED)),
        of(unpublish),
        of(restart),
        of(revert, files),
    )


def _every_file() -> tuple[str, ...]:
    """Every file that an edit may write."""
    content = (f"content/{name}" for name in (*choices.PAGES, *choices.SECTIONS))
    templates = (f"templates/{name}" for name in (*choices.TEMPLATES, *choices.NEW_TEMPLATES))
    others = (choices.IMAGES, choices.ASSETS, choices.STATIC, choices.DATA, choices.SASS)
    return (*content, *templates, *(file for group in others for file in group))


# -- mending


def mend(blog: Blog) -> None:
    """Take out most of what may keep the blog from being built."""
    for file in sorted(SOURCE.rglob("*")):
        path = file.relative_to(SOURCE).as_posix()
        if file.is_file() and (path.startswith(("templates/", "sass/", "data/")) or not (blog.root / path).exists()):
            revert(blog, path)
    for path in choices.IMAGES:
        image(blog, path, 5)
    for file in sorted((blog.root / "content").rglob("*.md")):
        if file.with_suffix("").is_dir():
            shutil.rmtree(file.with_suffix(""))
    for file in sorted((blog.root / "content").rglob("*.md")):
        change(blog, file.relative_to(blog.root).as_posix(), _mended)
    for name in choices.NEW_TEMPLATES:
        if name != "special.html":
            remove(blog, f"templates/{name}")
    new_template(blog, "special.html", 0)


_BREAKING = re.compile(
    r"^(?:(?:slug|path|aliases|template|page_template|draft|render|in_search_index) = |\[가기\]|\{\{ thumb).*\n",
    re.MULTILINE,
)


def _mended(text: str) -> str:
    return _BREAKING.sub("", text)
