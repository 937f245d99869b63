"""`load_data`: a file, a URL or a text in, plain values out."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any

from msgspec import Struct, field

from generator.data.limits import Bounds
from generator.data.problems import DataError
from generator.errors import locate
from generator.model.config import LimitsConfig
from generator.templating.functions.arguments import Arguments
from generator.templating.functions.files import SiteFiles
from generator.tera.errors import CallError

if TYPE_CHECKING:
    from generator.http.ask import Request

_ONE_SOURCE = "requires EITHER a `path`, `url`, or `literal` argument"
_ACCEPT = {
    "json": "application/json",
    "csv": "text/csv",
    "toml": "application/toml",
    "bibtex": "application/x-bibtex",
    "xml": "text/xml",
    "plain": "text/plain",
    "yaml": "application/x-yaml",
}


class LoadData(Struct, frozen=True, kw_only=True):
    """`load_data(path | url | literal, format=…, required=true, method="GET", body=…, content_type=…, headers=[…])`.

    private_urls: addresses of this machine and its own network that may be asked, too. limits: of data and answers.
    What it returned once, it returns again for the same arguments, as long as the build lasts.
    """

    files: SiteFiles
    private_urls: tuple[str, ...] = ()
    limits: LimitsConfig = field(default_factory=LimitsConfig)
    _loaded: dict[tuple[Any, ...], Any] = field(default_factory=dict)

    def __call__(self, args: Mapping[str, Any]) -> Any:
        place = tuple((name, _hashable(value)) for name, value in sorted(args.items()))
        # Noted by every job that asks, also when another has loaded it before.
        if isinstance(args.get("path"), str):
            self.files.effects.read("file", args["path"])
        if "url" in args:
            self.files.effects.read("volatile")
        if place not in self._loaded:
            self._loaded[place] = self._load(Arguments("load_data", args))
        return self._loaded[place]

    def _load(self, arguments: Arguments) -> Any:
        sources = {name: arguments.text_or(name, None) for name in ("path", "url", "literal")}
        given = [(name, value) for name, value in sources.items() if value is not None]
        required = arguments.flag("required", True)
        _check_types(arguments)
        if len(given) != 1:
            if required:
                raise arguments.error(_ONE_SOURCE)
            return None
        [(kind, source)] = given
        if kind == "path":
            return self._load_file(source, required, arguments)
        form = _read_format(arguments) or "plain"
        if kind == "literal":
            return self._parse(source, form, "literal", arguments)
        text = self._fetch(source, form, required, arguments)
        return None if text is None else self._parse(text, form, source, arguments)

    def _fetch(self, url: str, form: str, required: bool, arguments: Arguments) -> str | None:
        """Return the text behind a URL; None when it cannot be had and is not required."""
        # urllib costs 40 ms, and few sites need it.
        from generator.templating.functions.fetch import FetchError, fetch

        try:
            return fetch(_read_request(url, form, arguments), self.limits, self.private_urls)
        except FetchError as error:
            if required:
                raise arguments.error(str(error)) from error
            return None

    def _load_file(self, path: str, required: bool, arguments: Arguments) -> Any:
        try:
            found = self.files.find(path)
        except CallError:  # it leads out of the site; Zola: what is not required is silent about that, too
            if required:
                raise
            return None
        if found is None:
            if required:
                raise arguments.error(f"{path} doesn't exist")
            return None
        form = _read_format(arguments)
        try:
            text = self.files.read(found).decode("utf-8-sig")
        except (OSError, UnicodeDecodeError) as error:
            cause = "it is not valid UTF-8" if isinstance(error, UnicodeDecodeError) else error.strerror
            raise arguments.error(f"error reading file {found.name}: {cause}") from error
        extension = PurePosixPath(found.name).suffix[1:].lower()
        return self._parse(text, form or _canonical_format(extension) or "plain", found.name, arguments)

    def _parse(self, text: str, form: str, source: str, arguments: Arguments) -> Any:
        bounds = Bounds(depth=self.limits.data_depth, nodes=self.limits.yaml_nodes)
        try:
            return _parser(form, bounds)(text)
        except DataError as error:
            raise arguments.error(f"{locate(source, text, error.offset)}: {error.message}") from error


def _hashable(value: Any) -> Any:
    """Return what stands for an argument; one of arrays in arrays is none that any call takes."""
    if isinstance(value, (list, tuple)):
        return tuple((type(item), item if isinstance(item, str) else None) for item in value)
    return type(value), None if isinstance(value, dict) else str(value)


def _check_types(arguments: Arguments) -> None:
    """Refuse arguments of a wrong type; Zola does so whether they are of use or not."""
    for name in ("format", "body", "content_type"):
        arguments.text_or(name, None)
    _read_method(arguments)
    arguments.texts("headers")


def _read_format(arguments: Arguments) -> str | None:
    written = arguments.text_or("format", None)
    if written is None:
        return None
    form = _canonical_format(written.lower())
    if form is None:
        raise arguments.error(f"Unknown output format {written}")
    return form


def _canonical_format(name: str) -> str | None:
    name = "yaml" if name == "yml" else name
    return name if name in _ACCEPT else None


def _read_method(arguments: Arguments) -> str:
    method = arguments.text_or("method", "GET").upper()
    if method in ("GET", "POST"):
        return method
    raise arguments.error("method must either be POST or GET.")


def _read_request(url: str, form: str, arguments: Arguments) -> Request:
    from generator.http.ask import Request

    method = _read_method(arguments)
    headers = [("Accept", _ACCEPT[form])]
    for header in arguments.texts("headers"):
        name, equals, value = header.partition("=")
        if not equals:
            raise arguments.error(f"Invalid header argument. Expecting header value, got '{header}'")
        headers.append((name, value))
    body, content_type = arguments.text_or("body", None), arguments.text_or("content_type", None)
    if content_type is not None and method == "POST":
        headers.append(("Content-Type", content_type))
    return Request(url=url, method=method, headers=tuple(headers), body=body if method == "POST" else None)


def _parser(form: str, bounds: Bounds) -> Callable[[str], Any]:
    """Return the function that reads a format; each is imported when it is first needed."""
    match form:
        case "toml":
            from generator.data.toml import parse_toml_data

            return partial(parse_toml_data, bounds=bounds)
        case "yaml":
            from generator.data.yaml import parse_yaml

            return partial(parse_yaml, bounds=bounds)
        case "json":
            from generator.data.json import parse_json

            return partial(parse_json, bounds=bounds)
        case "csv":
            from generator.data.csv import parse_csv

            return parse_csv
        case "bibtex":
            from generator.data.bibtex import parse_bibtex

            return parse_bibtex
        case "xml":
            from generator.data.xml import parse_xml

            return partial(parse_xml, bounds=bounds)
    return str
