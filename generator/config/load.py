"""Build options to the site's settings: the config file read, checked and completed, its theme's values merged in."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from msgspec.structs import replace

from generator.config.fields import CONFIG, OUTDATED
from generator.config.find import find_config
from generator.config.languages import check_codes, resolve_languages, slugify_taxonomies
from generator.config.theme import load_theme_extra, merge_extra
from generator.data.fields import read_fields
from generator.data.problems import DataError, FieldError, FieldErrors, decode_text
from generator.data.toml import dates_to_tables, parse_toml
from generator.data.toml_places import find_toml_offset
from generator.errors import SiteError, locate, raise_all
from generator.files.reading import read_regular, resolve_roots
from generator.model.config import BuildConfig, MarkdownConfig, SecurityConfig, SiteConfig
from generator.model.options import BuildOptions
from generator.text.globs import GlobError, compile_globs

_PLACEHOLDER_URL = "http://a-website.com"


def load_config(options: BuildOptions) -> SiteConfig:
    """Find and read the site's settings, and put the command line's wishes over them.

    Raises: SiteError, SiteErrors for all that is wrong in the file. Zola: themes' highlighting names are not checked
    here, all else is.
    """
    root, file = find_config(options.root, options.config_file)
    shown = os.path.relpath(file, root)
    text = decode_text(_read(file, shown), shown)
    try:
        values = parse_toml(text)
    except DataError as error:
        raise error.to_site_error("This is not valid TOML", shown, text) from None
    try:
        fields = _read_values(values)
        languages = resolve_languages(fields)
    except FieldErrors as errors:
        raise_all(_place(problem, shown, text) for problem in errors.problems)
    fields["extra"] = _extra(root, fields, shown)
    fields["languages"] = languages
    return _with_roots(SiteConfig(root=root, file=file, **_with_wishes(fields, options)))


def place_problem(problem: FieldError, config: SiteConfig) -> SiteError:
    """Name the place in the config file of what only another room could find wrong in it."""
    shown = os.path.relpath(config.file, config.root)
    return _place(problem, shown, decode_text(_read(config.file, shown), shown))


def _with_roots(config: SiteConfig) -> SiteConfig:
    """Say where files may lie: the site's folders may be links that its author made, what is in them may not."""
    if config.security.follow_symlinks:
        return config
    themes = [config.theme_dir] if config.theme_dir else []
    own = (config.content_dir, config.static_dir, config.templates_dir, config.root / "sass")
    return replace(config, roots=resolve_roots(config.root, *own, *themes))


def _read(file: Path, shown: str) -> bytes:
    try:
        return read_regular(file)
    except OSError as error:
        raise SiteError(f"Can't read `{shown}`", reasons=(error.strerror or str(error),)) from None


def _read_values(values: Mapping[str, Any]) -> dict[str, Any]:
    """Return the fields that the file gives, each of its type; what the model does not hold is taken out."""
    fields = read_fields(values, CONFIG, strict=True, outdated=OUTDATED)
    problems = [*_check_base_url(fields), *check_codes(fields), *_check_globs(fields), *_check_executor(fields)]
    if problems:
        raise FieldErrors(problems)
    fields.pop("mode", None)
    return slugify_taxonomies(fields)


def _check_base_url(fields: Mapping[str, Any]) -> Iterable[FieldError]:
    if fields.get("base_url", "") in ("", _PLACEHOLDER_URL):
        hint = 'Write `base_url = "https://…"`, the address at which the site will stand, at the top of the file.'
        yield FieldError("is required: the address of the site", ("base_url",), hint)


def _check_globs(fields: Mapping[str, Any]) -> Iterable[FieldError]:
    checker = fields.get("link_checker")
    lists = {
        ("ignored_content",): fields.get("ignored_content", ()),
        ("ignored_static",): fields.get("ignored_static", ()),
        ("link_checker", "ignored_files"): checker.ignored_files if checker else (),
    }
    for path, globs in lists.items():
        for index, glob in enumerate(globs):
            try:
                compile_globs((glob,))
            except GlobError as error:
                yield FieldError(f"holds an invalid glob pattern, `{glob}`: {error}", (*path, index))


def _check_executor(fields: Mapping[str, Any]) -> Iterable[FieldError]:
    build, security = fields.get("build", BuildConfig()), fields.get("security", SecurityConfig())
    module, _, attribute = (build.executor or "").partition(":")
    # What comes with Python or with hanji itself is no plugin.
    if attribute and module != "concurrent.futures" and module not in security.plugins:
        hint = f'To allow it, write `plugins = ["{module}"]` below `[security]`.'
        yield FieldError(f"names the module `{module}`, whose code is not allowed to run", ("build", "executor"), hint)


def _place(problem: FieldError, shown: str, text: str) -> SiteError:
    unknown = problem.problem == "is not a known key"
    offset = find_toml_offset(text, problem.path, key=unknown)
    return SiteError(problem.message, where=locate(shown, text, offset), hint=problem.hint)


def _extra(root: Path, fields: Mapping[str, Any], shown: str) -> dict[str, Any]:
    extra, theme = fields.get("extra", {}), fields.get("theme")
    if theme is not None:
        extra = merge_extra(extra, load_theme_extra(root, theme), shown, f"themes/{theme}/theme.toml")
    tables: dict[str, Any] = dates_to_tables(extra)
    return tables


def _with_wishes(fields: dict[str, Any], options: BuildOptions) -> dict[str, Any]:
    fields["mode"] = options.mode
    if options.base_url is not None:
        fields["base_url"] = options.base_url
    if options.minify:
        fields["minify_html"] = True
    if options.mode == "check":
        # Nobody sees the code that a check renders.
        fields["markdown"] = replace(fields.get("markdown", MarkdownConfig()), highlighting=None)
    return fields
