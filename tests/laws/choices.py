"""What random edits choose from: names of files, and values that may stand in them."""

from __future__ import annotations

PAGES = (
    *("posts/a.md", "posts/b.md", "posts/c.md", "posts/g.md", "posts/bundle/index.md", "posts/deep/e.md"),
    *("notes/f.md", "about.md", "posts/a.en.md", "posts/b.en.md", "about.en.md"),
)
SECTIONS = ("_index.md", "posts/_index.md", "posts/deep/_index.md", "notes/_index.md", "new/_index.md")
FOLDERS = ("posts", "posts/deep", "posts/bundle", "notes", "elsewhere")
IMAGES = ("content/posts/bundle/x.png", "static/img/p.png")
ASSETS = ("content/posts/bundle/note.txt", "content/posts/bundle/x.png", "content/notes/list.csv")
STATIC = (
    *("static/app.css", "static/posts/a/index.html", "static/404.html", "static/.well-known/x", "static/한글 이름.txt"),
    *("static/search_index.ko.json", "static/img/p.png", "static/posts/bundle/x.png", "static/main.css"),
    *("themes/plain/static/plain.css", "themes/plain/static/app.css"),
)
DATA = ("data/menu.json", "data/rare.csv", "content/posts/menu.toml", "static/data/menu.json", "menu.json")
SASS = ("sass/main.scss", "sass/_part.scss", "sass/other.sass", "themes/plain/sass/theme.scss", "sass/sub/_deep.scss")
TEMPLATES = (
    *("base.html", "macros.html", "part.html", "page.html", "section.html", "index.html", "taxonomy_single.html"),
    *("taxonomy_list.html", "shortcodes/note.html", "shortcodes/menu.html", "shortcodes/more.md"),
)
# Templates that the blog has not from the start; `{}` is a version.
NEW_TEMPLATES = {
    "maybe.html": "maybe {}",
    "404.html": "own 404 {}",
    "atom.xml": "{{% for p in pages %}}{{{{ p.title }}}}{{% endfor %}}{}{{{{ last_updated | default(value=1) }}}}",
    "sitemap.xml": "{{% for e in entries %}}{{{{ e.permalink }}}}{{% endfor %}}{}",
    "robots.txt": "robots {}",
    "tags/list.html": "{{% for t in terms %}}{{{{ t.slug }}}}{{% endfor %}}{}",
    "tags/single.html": "{{{{ term.name }}}}{}",
    "special.html": "{{{{ page.title }}}}{{{{ page.summary }}}}{}",
    "internal/alias.html": "{{{{ url }}}}{}",
    "shortcodes/more.html": "<b>{{{{ word }}}}{}</b>",
    "anchor-link.html": "<a href='#{{{{ id }}}}'>{}</a>",
    "partials/far.html": "far {}",
}
# What may stand at the end of a template; those for one page alone come last.
_POSTS = '{% set s = get_section(path="posts/_index.md") %}'
FRAGMENTS = (
    "",
    _POSTS + "{% for p in s.pages %}{{ p.title }} {{ p.date }}{% endfor %}",
    '{% set s = get_section(path="posts/_index.md", metadata_only=true) %}{{ s.title }}{{ s.pages | length }}',
    '{{ get_section(path="notes/_index.md") | get(key="word_count") }}',
    '{% set p = get_page(path="about.md") %}{{ p.content | safe }}',
    '{% set p = get_page(path="about.md") %}{{ p.toc | length }}',
    '{% set t = get_taxonomy(kind="tags") %}{% for t in t.items %}{{ t.name }}{{ t.pages | length }}{% endfor %}',
    '{% set t = get_taxonomy_term(kind="tags", term="도커", required=false) %}{% if t %}{{ t.page_count }}{% endif %}',
    '{% set t = get_taxonomy_term(kind="tags", term="t1", required=false) %}{% if t %}{{ t.permalink }}{% endif %}',
    '{% set t = get_taxonomy_term(kind="tags", term="도커") %}{% for p in t.pages %}{{ p.title }}{% endfor %}',
    '{{ get_hash(path="app.css") }}',
    '{{ get_hash(path="main.css", sha_type=256) }}',
    '{{ get_hash(path="search_index.ko.json") }}',
    '{{ get_url(path="@/about.md") }}',
    '{{ get_url(path="@/posts/_index.md", lang="en") }}',
    '{{ load_data(path="data/rare.csv", required=false) | json_encode }}',
    '{{ load_data(path="@/posts/menu.toml", required=false) | json_encode }}',
    '{{ load_data(path="menu.json", required=false) | json_encode }}',
    '{{ get_image_metadata(path="img/p.png", allow_missing=true) | json_encode }}',
    '{% set i = resize_image(path="img/p.png", width=2, height=2) %}{{ i.url }}',
    '{% set i = resize_image(path="posts/bundle/x.png", width=3, op="fit_width", format="webp") %}{{ i.url }}',
    '{% include "maybe.html" ignore missing %}',
    '{% include ["maybe.html", "part.html"] %}',
    '{% include "part.html" %}',
    '{{ "**굵게** [소개](@/about.md)" | markdown | safe }}',
    _POSTS + '{% for p in s.pages | sort(attribute="title") %}{{ p.slug }}{% endfor %}',
    _POSTS + '{% for y, ps in s.pages | group_by(attribute="year") %}{{ y }}{{ ps | length }}{% endfor %}',
    _POSTS + "{% for p in s.pages %}{{ p.taxonomies | json_encode }}{% endfor %}",
    _POSTS + "{% for p in s.pages %}{% for b in p.backlinks %}{{ b.title }}{% endfor %}{% endfor %}",
    _POSTS + "{% for p in s.pages %}{% if p.lower %}{{ p.lower.title }}{% endif %}{% endfor %}",
    '{{ get_section(path="posts/_index.md") | json_encode }}',
    '{{ get_page(path="about.md") | json_encode }}',
    "{{ config | json_encode }}",
    '{{ page.lower.summary | default(value="-") }}',
    "{% if page.higher %}{{ page.higher.content | striptags | truncate(length=9) }}{% endif %}",
    '{% if page %}{{ page.extra | json_encode }}{{ page.updated | default(value="") }}{% endif %}',
)
BODIES = (
    "요약 하나.\n\n<!-- more -->\n\n나머지 글.",
    "요약 둘.\n\n<!-- more -->\n\n## 제목\n\n나머지.\n\n### 작은 제목",
    "짧은 글.",
    "## 제목\n\n```sh\nls -l | wc\n```",
    "{% note() %}\n안의 **글**\n{% end %}\n\n{{ menu() }}",
    '{{ thumb(path="posts/bundle/x.png") }}\n\n{{ more(word="말") }}',
    "{{ more(word='x') }} 각주[^1]\n\n[^1]: 아래.",
    "<!-- more -->",
    "",
)
CONFIG = {
    "title": ('"블로그"', '"다른 블로그"'),
    "base_url": ('"https://example.com"', '"https://example.org/sub/"'),
    "menu": ('"m"', "[1, 2.5, true]", "{ deep = 2024-01-01 }"),
    "taxonomies": (
        '[{ name = "tags", feed = true, paginate_by = 2 }, { name = "categories" }]',
        '[{ name = "tags", paginate_by = 3 }, { name = "categories", feed = true }, { name = "series" }]',
        '[{ name = "tags", render = false }, { name = "categories" }]',
    ),
    "generate_feeds": ("true", "false"),
    "build_search_index": ("true", "false"),
    "minify_html": ("false", "true"),
    "hard_link_static": ("false", "true"),
    "ignored_content": ("[]", '["**/deep/**"]', '["*.txt"]', '["posts/b.md"]'),
    "hi": ('"안녕"', '"안녕하세요"'),
    "insert_anchor_links": ('"right"', '"none"'),
}
# Keys of front matter and what may become of them; None takes the key away.
PAGE_META: dict[str, tuple[str | None, ...]] = {
    "date": (None, "2024-01-01", "2024-01-20", "2023-12-31T10:00:00Z"),
    "updated": (None, "2024-03-01"),
    "weight": (None, "1", "2"),
    "draft": (None, "true"),
    "render": (None, "false"),
    "description": (None, '"설명"'),
    "slug": (None, '"slug-1"', '"slug-2"'),
    "path": (None, '"other/place"'),
    "aliases": (None, '["old"]', '["old", "posts/a"]'),
    "template": (None, '"special.html"', '"page.html"'),
    "in_search_index": (None, "false"),
    "authors": (None, '["김", "이"]'),
    "tags": (None, '["도커"]', '["t1", "도커"]', '["T1"]', '["t2", "t3", "t1"]'),
    "categories": (None, '["c"]'),
}
SECTION_META: dict[str, tuple[str | None, ...]] = {
    "sort_by": (None, '"date"', '"title"', '"weight"', '"update_date"', '"none"'),
    "paginate_by": (None, "1", "2"),
    "paginate_reversed": (None, "true"),
    "transparent": (None, "true"),
    "generate_feeds": (None, "true"),
    "render": (None, "false"),
    "draft": (None, "true"),
    "page_template": (None, '"page.html"', '"special.html"'),
    "redirect_to": (None, '"about"'),
    "insert_anchor_links": (None, '"left"'),
    "in_search_index": (None, "false"),
    "aliases": (None, '["old-section"]'),
}
TAXONOMIES = ("tags", "categories")
CODE_THEMES = ('theme = "github-dark"', 'theme = "dracula"', 'theme = "github-dark"\nstyle = "class"')
EXTRAS = ("1", "1.0", "true", '"1"', "[1, [2]]", "2024-01-01", "2024-01-01T00:00:00Z", '{ a = "b" }', "1e300")
ANCHORS = ("", "", "#jemog", "#nugu")
PUBLISHED = (
    "index.html",
    "404.html",
    "app.css",
    "posts/a/index.html",
    "main.css",
    "search_index.ko.json",
    "sitemap.xml",
)
MOVES = (
    ("static/img/p.png", "content/img/p.png"),
    ("content/img/p.png", "static/img/p.png"),
    ("static/app.css", "content/app.css"),
    ("content/app.css", "static/app.css"),
    ("data/menu.json", "static/data/menu.json"),
    ("static/data/menu.json", "data/menu.json"),
)
LAST_LETTERS = ("x", "y", "z")
