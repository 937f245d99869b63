"""`get_env`: a variable of the environment, of those that the site's own config allows."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from fnmatch import fnmatchcase
from typing import Any

from generator.tera.errors import CallError
from generator.tera.functions import get_env


@dataclass(frozen=True, slots=True)
class GetEnv:
    """`get_env(name, default)`. allowed: names, `*` for any characters.

    One that is not set is as in Tera, allowed or not; one that is set and not allowed is an error, also with a
    default: a theme is not to read tokens, and a site not to be built as if there were none.
    """

    allowed: tuple[str, ...]

    def __call__(self, args: Mapping[str, Any]) -> Any:
        name = args.get("name")
        if isinstance(name, str) and name in os.environ and not self._allows(name):
            line = f'`env = ["{name}"]` below `[security]` in the config'
            raise CallError(f"`get_env` may not read `{name}`; to allow it, write {line}")
        return get_env(args)

    def _allows(self, name: str) -> bool:
        return any(fnmatchcase(name, pattern) for pattern in self.allowed)
