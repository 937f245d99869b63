"""`get_env`: a variable of the environment, of those that the site's own config allows."""

from __future__ import annotations

import os
from collections.abc import Mapping
from fnmatch import fnmatchcase
from typing import Any

from msgspec import Struct, field

from generator.tera.errors import CallError
from generator.tera.functions import get_env


class GetEnv(Struct, frozen=True):
    """`get_env(name, default)`. allowed: names, `*` for any characters.

    One that is not set is as in Tera, allowed or not; one that is set and not allowed is an error, also with a
    default: a theme is not to read tokens, and a site not to be built as if there were none.
    """

    allowed: tuple[str, ...]
    environment: Mapping[str, str] = field(default_factory=lambda: os.environ)

    def __reduce__(self) -> tuple[object, ...]:
        """Go to a worker, perhaps of another machine, with what may be read here; of the rest only the names."""
        known = {name: value if self._allows(name) else "" for name, value in self.environment.items()}
        return GetEnv, (self.allowed, known)

    def __call__(self, args: Mapping[str, Any]) -> Any:
        name = args.get("name")
        if isinstance(name, str) and name in self.environment and not self._allows(name):
            line = f'`env = ["{name}"]` below `[security]` in the config'
            raise CallError(f"`get_env` may not read `{name}`; to allow it, write {line}")
        return get_env(args, self.environment)

    def _allows(self, name: str) -> bool:
        return any(fnmatchcase(name, pattern) for pattern in self.allowed)
