"""A document's text to its front matter and the place of its body; paths and slugs are not made here."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from typing import Any, Literal, NoReturn

from msgspec import Struct

from generator.data.fields import (
    Reader,
    choice,
    count,
    filled_text,
    flag,
    items,
    read_fields,
    table,
    text,
    texts,
)
from generator.data.limits import USUAL, Bounds
from generator.data.problems import DataError, FieldError, FieldErrors, Path
from generator.data.toml import dates_to_text, parse_toml
from generator.data.toml_places import find_toml_offset
from generator.errors import SiteError, locate, raise_all
from generator.model.config import LimitsConfig
from generator.model.content import PageMeta, SectionMeta, Timestamp
from generator.text.dates import Moment, parse_moment

_OPENING = re.compile(r"[ \t\n\v\f\r]*(\+\+\+|---)(?=\r?\n)")
_CLOSING = {mark: re.compile(re.escape(mark) + r"(?:[ \t\n\v\f\r]*\Z|[ \t\n\v\f\r]*\n)") for mark in ("+++", "---")}
_CLOCK = re.compile(r"(?:[01]\d|2[0-3]):[0-5]\d(?::(?:[0-5]\d|60)(?:\.\d+)?)?", re.ASCII)
# Zola takes any scalar of YAML for a text where it wants one: `title: 2024`.
_WRITTEN_AS_TEXT = {
    *("title", "description", "slug", "path", "template", "taxonomies", "authors", "aliases"),
    *("sort_by", "paginate_path", "insert_anchor_links", "redirect_to", "page_template"),
}


class FrontMatter(Struct, frozen=True, kw_only=True):
    """Where a document's front matter stands in its text. start: its first character; body: that of the body."""

    shown: str
    text: str
    kind: Literal["toml", "yaml"]
    start: int
    end: int
    body: int

    def locate(self, path: Path, message: str, *, key: bool = False, hint: str | None = None) -> SiteError:
        """Return a problem at the place of a field's value, or of its key."""
        matter = self.text[self.start : self.end]
        offset = _find_offset(self.kind)(matter, path, key=key)
        return SiteError(message, where=locate(self.shown, self.text, self.start + offset), hint=hint)


def find_front_matter(content: str, shown: str) -> FrontMatter:
    """Find the lines between `+++` and `+++`, or `---` and `---`, at the start of a document.

    Zola: the second mark may stand anywhere in a line, when nothing but blanks follow it. Raises: SiteError.
    """
    opening = _OPENING.match(content)
    closing = _CLOSING[opening[1]].search(content, opening.end()) if opening else None
    if not opening or not closing:
        _refuse_missing(content, shown, opening)
    return FrontMatter(
        shown=shown,
        text=content,
        kind="toml" if opening[1] == "+++" else "yaml",
        start=opening.end(),
        end=closing.start(),
        body=closing.end(),
    )


def parse_page_meta(matter: FrontMatter, bounds: Bounds = USUAL) -> PageMeta:
    """Read a page's front matter; keys that Zola does not know are passed over. Raises: SiteError, SiteErrors."""
    return PageMeta(**_read(matter, _PAGE, bounds, strict=False))


def parse_section_meta(matter: FrontMatter, bounds: Bounds = USUAL) -> SectionMeta:
    """Read a section's front matter; unknown keys are errors, as in Zola. Raises: SiteError, SiteErrors."""
    return SectionMeta(**_read(matter, _SECTION, bounds, strict=True))


def bounds_of(limits: LimitsConfig) -> Bounds:
    """Return what the config allows front matter to hold."""
    return Bounds(depth=limits.data_depth, nodes=limits.yaml_nodes)


def to_timestamp(moment: Moment) -> Timestamp:
    """Return a moment as pages keep it."""
    at = moment.instant
    return Timestamp(text=moment.text, instant=at, year=at.year, month=at.month, day=at.day)


def _refuse_missing(content: str, shown: str, opening: re.Match[str] | None) -> NoReturn:
    if opening:
        hint = f"The line `{opening[1]}` opens front matter; close it with another such line."
    else:
        hint = "The file must start with a line `+++`, its TOML, and a line `+++` (or `---` and YAML)."
    message = f"Couldn't find front matter in `{shown}`. Did you forget to add `+++` or `---`?"
    raise SiteError(message, where=locate(shown, content, opening.start(1) if opening else 0), hint=hint)


def _read(matter: FrontMatter, readers: Mapping[str, Reader], bounds: Bounds, *, strict: bool) -> dict[str, Any]:
    source = matter.text[matter.start : matter.end]
    try:
        values = _parse_toml(source, bounds) if matter.kind == "toml" else _parse_yaml(source, readers, bounds)
        fields = read_fields(values, readers, strict=strict)
    except DataError as error:
        summary = f"The front matter is not valid {matter.kind.upper()}"
        raise error.to_site_error(summary, matter.shown, matter.text, start=matter.start) from None
    except FieldErrors as errors:
        raise_all(
            matter.locate(p.path, p.message, key=p.problem == "is not a known key", hint=p.hint)
            for p in errors.problems
        )
    if isinstance(fields.get("updated"), str):
        fields["updated_text"] = fields.pop("updated")
    return fields


def _parse_toml(source: str, bounds: Bounds) -> dict[str, Any]:
    values = parse_toml(source, bounds)
    extra = values.get("extra")
    return {**values, "extra": dates_to_text(extra)} if isinstance(extra, dict) else values


def _parse_yaml(source: str, known: Collection[str], bounds: Bounds) -> dict[str, Any]:
    from generator.data.yaml import parse_yaml_tree, resolve_node, written_node

    tree = parse_yaml_tree(source, bounds, once=known)
    if not isinstance(tree, dict):
        if resolve_node(tree) is None:
            return {}
        raise DataError("This must be a table of keys and values", len(source) - len(source.lstrip()))
    values = {key: None if key in _WRITTEN_AS_TEXT else resolve_node(node) for key, node in tree.items()}
    # What is null to templates may still be written: `.inf`.
    return {key: written_node(tree[key]) if value is None else value for key, value in values.items()}


def _find_offset(kind: str) -> Callable[..., int]:
    if kind == "toml":
        return find_toml_offset
    from generator.data.yaml import find_yaml_offset

    return find_yaml_offset


def _moment(value: Any) -> Timestamp:
    moment = parse_moment(value) if isinstance(value, str) else None
    if moment:
        return to_timestamp(moment)
    said = f"`{value}` " if isinstance(value, str | int | float) else ""
    hint = "Write it like 2024-01-02 or 2024-01-02T03:04:05+09:00."
    raise FieldError(f"can't be read as a date: {said}is none", hint=hint)


def _updated(value: Any) -> Timestamp | str:
    """Zola keeps a time without a day as the text that it is."""
    return str(value) if isinstance(value, str) and _CLOCK.fullmatch(value) else _moment(value)


def _term(value: Any) -> str:
    if text(value).strip():
        return str(value)
    raise FieldError("is an empty string, which a taxonomy term cannot be")


def _taxonomies(value: Any) -> dict[str, tuple[str, ...]]:
    """Take the terms of each taxonomy; one without any, as YAML may write it, has none."""
    terms = {name: [] if found is None else found for name, found in table(value).items()}
    return read_fields(terms, dict.fromkeys(terms, _TERMS))


def _inside_path(value: Any) -> str:
    """Take a path that does not lead out of the site."""
    if ".." in text(value).split("/") or "\0" in value:
        raise FieldError(f"leads out of the site: `{value}`", hint="Take the `..` out.")
    return str(value)


def _path(value: Any) -> str:
    return _inside_path(filled_text(value))


_TERMS = items(_term)

_PAGE: Mapping[str, Reader] = {
    "title": text,
    "description": text,
    "date": _moment,
    "updated": _updated,
    "draft": flag,
    "render": flag,
    "slug": filled_text,
    "path": _path,
    "taxonomies": _taxonomies,
    "weight": count,
    "authors": texts,
    "aliases": items(_inside_path),
    "template": text,
    "in_search_index": flag,
    "extra": table,
}
_SECTION: Mapping[str, Reader] = {
    "title": text,
    "description": text,
    "sort_by": choice("date", "update_date", "title", "title_bytes", "weight", "slug", "permalink", "none"),
    "weight": count,
    "draft": flag,
    "template": text,
    "paginate_by": count,
    "paginate_reversed": flag,
    "paginate_path": _inside_path,
    "insert_anchor_links": choice("left", "right", "heading", "none"),
    "render": flag,
    "redirect_to": text,
    "in_search_index": flag,
    "transparent": flag,
    "page_template": text,
    "aliases": items(_inside_path),
    "generate_feeds": flag,
    "extra": table,
}
