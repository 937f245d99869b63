"""How an output came to be in, words and lines of it for people, or plain values for a program, out."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from generator.commands.diagnostics import clean
from generator.commands.terminal import count
from generator.incremental.explain import Explanation
from generator.templating.effects import Fact
from generator.tera import Tera
from generator.tera.facts import Facts as Ties

# Of each kind; a program gets all.
_MOST_LINES = 20
_MOST_CAUSES = 3

_FIELDS = {
    "content": "text",
    "toc": "table of contents",
    "word_count": "number of words",
    "reading_time": "reading time",
    "relative_path": "path",
    "colocated_path": "folder",
    "backlinks": "pages that link to it",
    "lower": "neighbour (lower)",
    "higher": "neighbour (higher)",
    "ancestors": "sections above",
    "assets": "files beside it",
    "pages": "list of pages",
    "page_count": "number of pages",
    "subsections": "list of subsections",
}
_CAUSES = {
    "first": "there was no earlier build to keep it from, or the config or hanji itself had changed",
    "new": "the site had no such file before",
    "facts": "what it read had changed",
    "given": "its template, its address, or what it lists had changed",
    "published": "the output folder did not hold it as it was made",
}
_WHATS = {
    "style sheet": "a style sheet, made of the site's Sass",
    "search index": "the search index, made of all pages that are in it",
    "other": "a file of hanji's own, which follows from the settings",
}
_VOLATILE = "what may differ each time: a random number, a variable of the environment, or an answer from the web"


def describe_fact(fact: Fact) -> str:
    """Return what a fact is called: `title of content/a.md`."""
    return f"{detail} of {owner}" if (detail := _detail(fact)) and (owner := _owner(fact)) else _owner(fact)


def _owner(fact: Fact) -> str:
    match fact:
        case ("page" | "section" | "link", key, *_):
            return f"content/{key}"
        case ("term", url, *_):
            return f"the term {url}"
        case ("terms", _, name):
            return f"the taxonomy `{name}`"
        case ("term_url", _, name, slug):
            return f"the term `{slug}` of the taxonomy `{name}`"
        case ("file", path):
            return path
        case ("template", name):
            return f"the template `{name}`"
        case ("now",):
            return "the present moment"
    return _VOLATILE


def _detail(fact: Fact) -> str:
    match fact:
        case ("page" | "section" | "term", _, field):
            return _FIELDS.get(field, field)
        case ("link" | "term_url", *_):
            return "address"
        case ("terms", *_):
            return "list of terms"
    return ""


# -- for people


def format_explanation(found: Explanation, shown: str, templates: Sequence[str]) -> list[str]:
    """Return an explanation in lines. shown: the file, as people name it; templates: of the one that rendered it."""
    lines = [clean(shown), *_origin(found)]
    if not found.is_published:
        lines.append(
            "  but      what stands there now is not that file: it was edited, removed, or built with --no-cache"
        )
    lines += _block("Templates", templates)
    # What rendered it stands in the lines above.
    lines += _block("It read", _grouped(fact for fact in found.reads if fact != ("template", found.template)))
    lines += _block("Its text read", _grouped(found.text_reads))
    lines += _block("Images", [f"{source} → {target}" for source, target in found.images])
    return lines


def _origin(found: Explanation) -> Iterator[str]:
    if found.what == "image":
        yield f"  made     from {clean(found.source)}"
    if found.what != "page":
        yield f"  what     {_WHATS.get(found.what, 'a processed image')}"
        return
    yield f"  from     {clean(found.source)}"
    yield f"  by       the template `{clean(found.template)}`"
    yield f"  when     {_moment(found.at)}, in {_took(found)}"
    yield f"  because  {describe_cause(found)}"
    if found.at < found.latest:
        yield f"  since    kept by every build up to {_moment(found.latest)}: nothing that it read changed"


def _took(found: Explanation) -> str:
    if found.markdown_seconds is None:
        return f"{found.seconds * 1000:.1f} ms"
    return f"{found.seconds * 1000:.1f} ms, its Markdown in {found.markdown_seconds * 1000:.1f} ms"


def describe_cause(found: Explanation) -> str:
    """Return why an output was made when it was."""
    if not found.changed:
        return _CAUSES[found.cause]
    named = [clean(describe_fact(fact)) for fact in found.changed[:_MOST_CAUSES]]
    more = len(found.changed) - len(named)
    return f"{'; '.join(named)}{f'; and {more} more' if more else ''} had changed"


def _moment(seconds: float) -> str:
    return time.strftime("%Y-%m-%d %H:%M:%S", time.localtime(seconds))


def _block(title: str, lines: Sequence[str]) -> list[str]:
    if not lines:
        return []
    return ["", title, *_listed(lines)]


def _listed(lines: Sequence[str]) -> list[str]:
    more = [f"  … and {len(lines) - _MOST_LINES} more"] if len(lines) > _MOST_LINES else []
    return [*(f"  {clean(line)}" for line in lines[:_MOST_LINES]), *more]


def _grouped(facts: Iterable[Fact]) -> list[str]:
    """Return a line for each thing that something was read of."""
    groups: dict[str, list[str]] = {}
    for fact in facts:
        groups.setdefault(_owner(fact), []).append(_detail(fact))
    return [f"{owner}: {', '.join(details)}" if any(details) else owner for owner, details in groups.items()]


def template_tree(name: str, engine: Tera, file_of: Callable[[str], str]) -> list[str]:
    """Return a template and what it is put together from, each below what names it; what it uses, at its first place.

    file_of: the file that a template is, as people name it.
    """
    seen: set[str] = set()

    def branch(how: str, current: str, depth: int) -> Iterator[str]:
        there, again = engine.has(current), current in seen
        seen.add(current)
        yield f"{'  ' * depth}{how}{file_of(current) if there else f'{current} (there is none)'}"
        for word, other in _ties(engine.ties(current)) if there and not again else ():
            yield from branch(word, other, depth + 1)

    return list(branch("", name, 0))


def _ties(ties: Ties) -> Iterator[tuple[str, str]]:
    if ties.extends:
        yield "extends ", ties.extends.template
    yield from (("imports ", reference.template) for reference in ties.imports)
    yield from (("includes ", name) for name in ties.includes)


def format_readers(source: str, readers: Mapping[str, Sequence[Fact]]) -> list[str]:
    """Return what a source went into, in lines; readers: outputs as people name them, with what they read of it."""
    if not readers:
        return [f"{clean(source)} went into no file of the last build"]
    lines = [f"{path}: {', '.join(read)}" if (read := _of_it(facts)) else path for path, facts in readers.items()]
    return [f"{clean(source)} went into {count(len(lines), 'file')} of the last build:", *_listed(lines)]


def readers_values(source: str, readers: Mapping[str, Sequence[Fact]]) -> dict[str, Any]:
    """Return what a source went into as plain values."""
    files = [{"file": path, "reads": [describe_fact(fact) for fact in facts]} for path, facts in readers.items()]
    return {"file": source, "what": "source", "went_into": files}


def _of_it(facts: Iterable[Fact]) -> list[str]:
    return list(dict.fromkeys(detail for fact in facts if (detail := _detail(fact))))


# -- for programs


def explanation_values(found: Explanation, shown: str, templates: Sequence[str]) -> dict[str, Any]:
    """Return an explanation as plain values."""
    return {
        "file": shown,
        "what": found.what,
        "source": found.source,
        "template": found.template,
        "templates": list(templates),
        "made_at": found.at,
        "last_build_at": found.latest,
        "ms": round(found.seconds * 1000, 3),
        "markdown_ms": None if found.markdown_seconds is None else round(found.markdown_seconds * 1000, 3),
        "cause": found.cause,
        "changed": [describe_fact(fact) for fact in found.changed],
        "reads": [describe_fact(fact) for fact in found.reads],
        "text_reads": [describe_fact(fact) for fact in found.text_reads],
        "images": [{"source": source, "path": path} for source, path in found.images],
        "as_published": found.is_published,
    }
