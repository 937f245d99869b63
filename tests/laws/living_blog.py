"""A blog that uses a bit of everything, in a folder of its own, and its builds: cold, warm, and in a preview."""

from __future__ import annotations

import shutil
import struct
import zlib
from collections.abc import Mapping
from pathlib import Path

from msgspec.structs import replace

from generator.model.options import BuildOptions
from generator.model.output import CopiedFile, OutputFile, SiteOutput
from generator.pipeline import Preview, build_site
from generator.write import publish

SOURCE = Path(__file__).parent / "blog"
PAGE = '+++\ntitle = "{title}"\ndate = 2024-01-{day:02}\n[taxonomies]\ntags = ["도커"]\n+++\n요약.\n\n<!-- more -->\n'
FIRST_PAGES = ("posts/a.md", "posts/b.md", "posts/c.md", "posts/deep/e.md", "notes/f.md", "posts/a.en.md")

Files = Mapping[str, bytes]


def picture(shade: int) -> bytes:
    """Return a PNG of 4 × 4 pixels."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    rows = bytes([0, *[shade % 256] * 4]) * 4
    head = struct.pack(">IIBBBBB", 4, 4, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


class Blog:
    """The blog in a folder, and its builds: from nothing, with what the last one left, in a preview."""

    def __init__(self, root: Path, *, begin: bool = True) -> None:
        """Take the blog in a folder. begin: write it first."""
        self.root = root
        self.preview = Preview()
        self.lazy_preview = Preview(patience_s=0)
        self._seen: Files | None = None
        if begin:
            self._begin()

    def begin_again(self) -> None:
        """Bring all sources back to the beginning."""
        for entry in self.root.iterdir():
            if entry.is_file():
                entry.unlink()
            elif entry.name not in (".hanji", "public"):
                shutil.rmtree(entry)
        self._begin()

    def _begin(self) -> None:
        shutil.copytree(SOURCE, self.root, dirs_exist_ok=True)
        for number, name in enumerate(FIRST_PAGES):
            self.write(f"content/{name}", PAGE.format(title=name[0:-3], day=number * 3 + 1))
        self.write("content/posts/bundle/x.png", picture(0))
        self.write("static/img/p.png", picture(1))

    def write(self, path: str, text: str | bytes) -> None:
        file = self.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(text.encode() if isinstance(text, str) else text)

    def cold(self, jobs: int = 1) -> Files:
        """Build from nothing."""
        return read_output(build_site(self._options(jobs)))

    def publish(self, jobs: int = 1) -> SiteOutput:
        """Build with what the last build left, and publish; return what was built."""
        output = build_site(replace(self._options(jobs), cache=True))
        publish(output, self.public)
        output.published()
        return output

    def warm(self, jobs: int = 1) -> Files:
        """Build with what the last build left, publish, and return what stands there."""
        self.publish(jobs)
        return self.published()

    def previewed(self, jobs: int = 1) -> Files:
        """Build with what the running preview holds in memory."""
        place = self.root / "preview"
        return read_output(self.preview.build(replace(self._options(jobs), cache=True, output_dir=place)))

    def previewed_late(self, jobs: int = 1) -> Files:
        """Build with what a preview holds that leaves what it can pending; return what is there of every other file.

        It is told what has changed, and looks at no more of the content, unless its last build failed.
        """
        options = replace(self._options(jobs), cache=True, output_dir=self.root / "preview")
        before, seen, self._seen = self._seen, read_folder(self.root / "content"), None
        output = self.lazy_preview.build(options, None if before is None else self._find_changes(before, seen))
        self._seen = seen
        asked = [file for number, file in enumerate(output.pending.values()) if number % 2]
        return read_output(output) | {file.path: file.read() for file in asked}

    def _find_changes(self, before: Files, now: Files) -> frozenset[Path]:
        paths = (path for path in before.keys() | now.keys() if before.get(path) != now.get(path))
        return frozenset(self.root / "content" / path for path in paths)

    def published(self) -> Files:
        return read_folder(self.public)

    @property
    def public(self) -> Path:
        return self.root / "public"

    def _options(self, jobs: int) -> BuildOptions:
        return BuildOptions(root=self.root, jobs=jobs)


def read_folder(folder: Path) -> Files:
    """Return the bytes of all files below a folder."""
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def read_output(output: SiteOutput) -> Files:
    """Return the bytes of a site that is whole in memory."""
    files: dict[str, bytes] = {}
    for path, file in output.files.items():
        assert isinstance(file, (OutputFile, CopiedFile)), path
        files[path] = file.data if isinstance(file, OutputFile) else file.file.read_bytes()
    return files
