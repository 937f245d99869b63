"""A source file to the Page or Section that it tells of; how documents stand to each other is not decided here."""

from __future__ import annotations

from unicodedata import normalize

from msgspec.structs import replace

from generator.content.body import Body, digest_of, read_source
from generator.content.front_matter import (
    FrontMatter,
    bounds_of,
    find_front_matter,
    parse_page_meta,
    parse_section_meta,
    to_timestamp,
)
from generator.content.naming import Naming, name_document
from generator.data.problems import decode_text
from generator.errors import SiteError, raise_all
from generator.model.config import SiteConfig
from generator.model.content import FileInfo, Page, PageMeta, Section, SectionMeta, SourceFile
from generator.text.dates import split_dated_name
from generator.text.slug import slugify_path


def parse_document(source: SourceFile, config: SiteConfig, *, drafts: bool = False) -> Page | Section:
    """Read a Markdown file, its front matter and its name.

    drafts: check the taxonomies of drafts as well. Raises: SiteError, SiteErrors.
    """
    shown = f"content/{source.relative_path}"
    data = read_source(source.file, shown, config.roots)
    matter = find_front_matter(decode_text(data, shown), shown)
    body = Body(file=source.file, shown=shown, start=matter.body, digest=digest_of(data))
    if source.is_section:
        return _build_section(source, matter, body, config)
    return _build_page(source, matter, body, config, drafts=drafts)


def default_section(config: SiteConfig, lang: str) -> Section:
    """Return the root section that a language has when no file gives it one.

    Zola: the path of a language but the default one starts without a slash.
    """
    is_default = lang == config.default_language
    name = "_index.md" if is_default else f"_index.{lang}.md"
    return Section(
        source=FileInfo(
            file=config.content_dir / name,
            relative_path=name,
            shown=f"content/{name}",
            folder="",
            canonical="_index",
        ),
        meta=SectionMeta(),
        lang=lang,
        path="/" if is_default else f"{lang}/",
        components=(),
        permalink=config.make_permalink("" if is_default else lang),
        body=str,
        body_line=1,
        from_file=False,
    )


def _body_line(matter: FrontMatter) -> int:
    return matter.text.count("\n", 0, matter.body) + 1


def _build_section(source: SourceFile, matter: FrontMatter, body: Body, config: SiteConfig) -> Section:
    meta = parse_section_meta(matter, bounds_of(config.limits))
    naming = name_document(source, config)
    parts = [part for part in naming.info.folder.split("/") if part]
    if naming.lang != config.default_language:
        parts.insert(0, naming.lang)
    path = f"/{'/'.join(parts)}/" if parts else "/"
    return Section(
        source=naming.info,
        meta=meta,
        lang=naming.lang,
        path=path,
        components=tuple(parts),
        permalink=config.make_permalink(path),
        body=body,
        body_line=_body_line(matter),
        digest=body.digest,
        assets=source.assets,
        asset_paths=tuple(path + normalize("NFC", asset.name) for asset in source.assets),
    )


def _build_page(source: SourceFile, matter: FrontMatter, body: Body, config: SiteConfig, *, drafts: bool) -> Page:
    meta = parse_page_meta(matter, bounds_of(config.limits))
    naming = name_document(source, config)
    if meta.taxonomies and (drafts or not meta.draft):
        _check_taxonomies(meta, naming.lang, matter, config)
    file_name = naming.own_folder if naming.name == "index" else naming.name
    meta, slug_source = _take_name_date(meta, file_name, config)
    slug = slugify_path(meta.slug or slug_source, config.slugify.paths)
    path = _page_path(meta, naming, slug, config)
    components = tuple(part for part in path.split("/") if part)
    if ".." in components:
        raise matter.locate(("slug",), f"The page's path leads out of the site: `{path}`", hint="Take the `..` out.")
    return Page(
        source=naming.info,
        meta=meta,
        lang=naming.lang,
        slug=slug,
        path=path,
        components=components,
        permalink=config.make_permalink(path),
        body=body,
        body_line=_body_line(matter),
        digest=body.digest,
        assets=source.assets,
        asset_paths=_page_asset_paths(source, config),
    )


def _take_name_date(meta: PageMeta, file_name: str, config: SiteConfig) -> tuple[PageMeta, str]:
    """Return the front matter with the date of the file's name where it has none, and what the slug is made of."""
    parted = split_dated_name(file_name) if file_name[:1].isdigit() else None
    if not parted:
        return meta, file_name
    moment, rest = parted
    if moment and not meta.date:
        meta = replace(meta, date=to_timestamp(moment))
    return meta, file_name if rest is None or config.slugify.paths_keep_dates else rest


def _page_path(meta: PageMeta, naming: Naming, slug: str, config: SiteConfig) -> str:
    if meta.path is not None:
        path = meta.path.strip()
        path = path if path.startswith("/") else f"/{path}"
    else:
        folder = naming.info.folder
        at_root = naming.name == "index" and not naming.info.colocated_path
        path = f"{folder}/{slug}" if folder else "" if at_root else slug
        path = f"/{path}" if naming.lang == config.default_language else f"/{naming.lang}/{path}"
    return path if path.endswith("/") else f"{path}/"


def _page_asset_paths(source: SourceFile, config: SiteConfig) -> tuple[str, ...]:
    """Zola: the folder of the source, though the files land beside the page."""
    if not source.assets:
        return ()
    root = len(str(config.content_dir))
    return tuple(normalize("NFC", str(asset)[root:]) for asset in source.assets)


def _check_taxonomies(meta: PageMeta, lang: str, matter: FrontMatter, config: SiteConfig) -> None:
    known = [taxonomy.name for taxonomy in config.languages[lang].taxonomies]
    unknown = [name for name in meta.taxonomies if name not in known]
    if unknown:
        raise_all(_unknown_taxonomy(name, known, matter) for name in unknown)


def _unknown_taxonomy(name: str, known: list[str], matter: FrontMatter) -> SiteError:
    message = f"Page `{matter.shown}` has taxonomy `{name}` which is not defined in config.toml"
    listed = f"; the config defines {', '.join(known)}" if known else ""
    hint = f'Add `[[taxonomies]]` with `name = "{name}"` to the config{listed}.'
    return matter.locate(("taxonomies", name), message, key=True, hint=hint)
