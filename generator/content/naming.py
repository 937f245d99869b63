"""A document's relative path to its language, its names and the folder of its section; front matter plays no part."""

from __future__ import annotations

from msgspec import Struct

from generator.errors import Location, SiteError
from generator.model.config import SiteConfig
from generator.model.content import FileInfo, SourceFile


class Naming(Struct, frozen=True, kw_only=True):
    """What a file's name and folder say. name: without language; own_folder: name of the folder it stands in."""

    info: FileInfo
    lang: str
    name: str
    own_folder: str


def name_document(source: SourceFile, config: SiteConfig) -> Naming:
    """Read a document's name. Raises: SiteError for a language that the site does not have."""
    folder, _, file_name = source.relative_path.rpartition("/")
    stem = file_name[: -len(".md")]
    name, lang = _part_language(stem, source, config)
    colocated = not source.is_section and bool(folder) and stem.split(".", 1)[0] == "index"
    info = FileInfo(
        file=source.file,
        relative_path=source.relative_path,
        shown=f"content/{source.relative_path}",
        folder=folder.rpartition("/")[0] if colocated else folder,
        canonical=f"{folder}/{name}" if folder else name,
        colocated_path=f"{folder}/" if colocated else None,
    )
    return Naming(info=info, lang=lang, name=name, own_folder=folder.rpartition("/")[2] or "content")


def _part_language(stem: str, source: SourceFile, config: SiteConfig) -> tuple[str, str]:
    """Zola: what follows the first dot is the language, yet the default one stays part of the name."""
    default = config.default_language
    if len(config.languages) < 2 or "." not in stem:
        return stem, default
    name, code = stem.split(".", 1)
    if code == default:
        return stem, default
    if code in config.languages:
        return name, code
    shown = f"content/{source.relative_path}"
    raise SiteError(
        f"`{shown}` has a language code of {code} which isn't present in the config's `languages`",
        where=Location(file=shown),
        hint=f"Add `[languages.{code}]` to the config, or take the dot out of the file's name.",
    )
