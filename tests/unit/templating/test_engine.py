from __future__ import annotations

from collections.abc import Callable

import pytest

from generator.errors import SiteErrors
from generator.graph.pagination import paginate_section
from generator.templating import contexts
from generator.templating.effects import Effects
from generator.templating.engine import extend_engine, make_engine
from generator.templating.environment import render_template
from generator.templating.loading import load_templates
from generator.templating.site import Site
from generator.templating.views import Views
from generator.tera import Tera, TeraError

Engine = Callable[..., Tera]


@pytest.fixture
def engine(make_site: Callable[..., Site]) -> Engine:
    """The engine for pages, with these templates; `markdown` puts a text in angle brackets."""

    def make(site: Site | None = None, **texts: str) -> Tera:
        site = site or make_site()
        templates = load_templates(site.config) | {name.replace("_", "."): text for name, text in texts.items()}
        made = make_engine(
            site.config,
            site.library,
            templates,
            effects=Effects(),
            render_markdown=lambda inner, text: inner.render("inner.html", {"text": text}),
        )
        return extend_engine(made, Views(site), effects=Effects())

    return make


def test_only_urls_are_not_escaped(engine: Engine) -> None:
    text = "{{ get_url(path='a') }} {{ get_taxonomy_url(kind='tags', name='x y') }} {{ get_hash(literal='2') }}"
    url, term, digest = engine(a_html=text).render("a.html", {}).split(" ")
    assert (url, term) == ("https://example.com/a", "https://example.com/tags/x-y/")
    assert "&#x2F;" in digest


def test_texts_are_rendered_before_the_content_is_known(make_site: Callable[..., Site]) -> None:
    site = make_site()
    templates = {"b.html": "{% set p = get_page(path='blog/a.md') %}{{ p.title }}"}
    early = make_engine(site.config, site.library, templates, effects=Effects(), render_markdown=lambda _, text: text)
    with pytest.raises(TeraError, match="get_page"):
        early.render("b.html", {})
    assert extend_engine(early, Views(site), effects=Effects()).render("b.html", {}) == "A"


def test_shortcodes_in_the_markdown_filter_have_no_such_filter(engine: Engine) -> None:
    made = engine(a_html="{{ 'x' | markdown | safe }}", inner_html="[{{ text }}]")
    assert made.render("a.html", {}) == "[x]"
    with pytest.raises(TeraError, match="markdown"):
        engine(a_html="{{ 'x' | markdown }}", inner_html="{{ text | markdown }}").render("a.html", {})


def test_views_are_printed_as_the_objects_they_stand_for(engine: Engine, views: Views) -> None:
    page = views.site.library.pages["blog/a.md"]
    made = engine(
        a_html="{{ page.higher.title }} {{ page.ancestors | join(sep=',') }} {% if page.lower %}no{% endif %}"
        "{{ page.toc | length }} {{ page is object }} {{ 'title' in page }} {{ page }}",
        b_txt="{{ page | json_encode }}",
        c_txt="{% for p in section.pages | slice(end=2) %}{{ p.title }}{% endfor %}"
        "{{ section.pages | map(attribute='slug') | join }}"
        "{% for y, posts in section.pages | group_by(attribute='year') %} {{ y }} {{ posts | length }}{% endfor %}",
    )
    context = contexts.page_context(views, page)
    assert made.render("a.html", context) == "B _index.md,blog&#x2F;_index.md 1 true true [object]"
    written = made.render("b.txt", context)
    assert written.startswith('{"relative_path":"blog/a.md","colocated_path":null,"content":')
    assert written.endswith(
        '"backlinks":[{"permalink":"https://example.com/blog/","title":"Blog"},'
        '{"permalink":"https://example.com/blog/b/","title":"B"}]}'
    )
    section = views.site.library.sections["blog/_index.md"]
    assert made.render("c.txt", contexts.section_context(views, section)) == "ABabc 2024 3"


def test_what_is_built_in_renders(engine: Engine, views: Views) -> None:
    def render(name: str, context: contexts.Context) -> str:
        return render_template(engine(), views.site.config, name, context)

    assert render("404.html", contexts.not_found_context(views)).startswith("<!doctype html>\n<title>404")
    robots = render("robots.txt", contexts.robots_context(views))
    assert robots == "User-agent: *\nDisallow:\nAllow: /\nSitemap: https://example.com/sitemap.xml\n"
    assert 'url=https://e.com/?a&b"' in render("internal/alias.html", contexts.alias_context("https://e.com/?a&b"))
    assert render("sitemap.xml", contexts.sitemap_context([("https://e.com/?a&b", "2024", None), ("u", None, {})])) == (
        '<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n'
        "    <url>\n        <loc>https://e.com/?a&amp;b</loc>\n        <lastmod>2024</lastmod>\n    </url>\n"
        "    <url>\n        <loc>u</loc>\n    </url>\n</urlset>\n"
    )
    assert "<loc>u</loc>" in render("split_sitemap_index.xml", contexts.sitemap_index_context(["u"]))
    for name in ("atom.xml", "rss.xml"):
        feed = render(
            name, contexts.feed_context(views, "en", feed_url="f", pages=["blog/a.md"], last_updated="2024-01-03")
        )
        assert "<title>A</title>" in feed
        assert "Unknown" in feed
        assert feed.count("2024") == (3 if name == "atom.xml" else 2)


def test_pagers_know_their_place(make_site: Callable[..., Site], engine: Engine) -> None:
    site = make_site(paginate_by=1)
    section = site.library.sections["blog/_index.md"]
    paginator = paginate_section(section, site.library)
    assert paginator
    made = engine(
        site, a_txt="{{ paginator.current_index }}/{{ paginator.number_pagers }} {{ paginator.pages[0].title }}"
    )
    texts = [
        made.render("a.txt", contexts.section_pager_context(Views(site), section, paginator, pager))
        for pager in paginator.pagers
    ]
    assert texts == ["1/3 A", "2/3 B", "3/3 C"]


def test_all_templates_that_cannot_be_parsed_are_named(engine: Engine) -> None:
    with pytest.raises(SiteErrors) as caught:
        engine(a_html="{{", b_html="\n{% if %}")
    assert [(str(problem.where).split(":")[0]) for problem in caught.value.problems] == ["a.html", "b.html"]


def test_mistakes_name_the_template_and_the_line(engine: Engine) -> None:
    with pytest.raises(TeraError) as caught:
        engine(a_html="\n  {{ get_url(path='@/none.md') }}").render("a.html", {})
    assert "could not resolve URL for link `@/none.md`" in str(caught.value)
    assert caught.value.where is not None
    assert (caught.value.where.file, caught.value.where.line) == ("a.html", 2)
