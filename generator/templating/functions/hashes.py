"""`get_hash`: a file or a text in, its SHA-2 hash out, as `integrity` attributes want it."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Mapping
from typing import Any

from msgspec import Struct

from generator.templating.functions.arguments import Arguments
from generator.templating.functions.files import SiteFiles


class GetHash(Struct, frozen=True, kw_only=True):
    """`get_hash(path | literal, sha_type=384, base64=true)`."""

    files: SiteFiles

    def __call__(self, args: Mapping[str, Any]) -> str:
        arguments = Arguments("get_hash", args)
        path, literal = arguments.text_or("path", None), arguments.text_or("literal", None)
        sha_type = arguments.number("sha_type", 512) if "sha_type" in args else 384
        as_base64 = arguments.flag("base64", True)
        if sha_type not in (256, 384, 512):
            raise arguments.error("`sha_type` must be 256, 384 or 512")
        digest = self._digest(path, literal, f"sha{sha_type}", arguments)
        return base64.b64encode(digest).decode() if as_base64 else digest.hex()

    def _digest(self, path: str | None, literal: str | None, algorithm: str, arguments: Arguments) -> bytes:
        if path is not None and literal is not None:
            raise arguments.error("must have only one of `path` or `literal` argument")
        if literal is not None:
            return hashlib.new(algorithm, literal.encode()).digest()
        if path is None:
            raise arguments.error("must have at least one of `path` or `literal` argument")
        found = self.files.find(path)
        if found is None:
            raise arguments.error(f"Cannot find file: {path}")
        try:
            return self.files.digest(found, algorithm)
        except OSError as error:
            raise arguments.error(f"File {path} could not be read: {error.strerror}") from error
