"""Pelican's settings for the blog."""

SITENAME = "작업 수첩"
SITEURL = "https://notes.example"
TIMEZONE = "Asia/Seoul"
DEFAULT_LANG = "ko"
DEFAULT_PAGINATION = 20
THEME = "theme"
SUMMARY_MAX_PARAGRAPHS = 1
FEED_ALL_ATOM = "feeds/all.atom.xml"
TAG_FEED_ATOM = "feeds/tag-{slug}.atom.xml"
CATEGORY_FEED_ATOM = "feeds/category-{slug}.atom.xml"
TRANSLATION_FEED_ATOM = None
AUTHOR_FEED_ATOM = None
AUTHOR_FEED_RSS = None
ARTICLE_URL = "notes/{slug}/"
ARTICLE_SAVE_AS = "notes/{slug}/index.html"
AUTHOR_SAVE_AS = ""
ARCHIVES_SAVE_AS = ""
DIRECT_TEMPLATES = ["index", "tags", "categories"]
MARKDOWN = {
    "extension_configs": {
        "markdown.extensions.codehilite": {"noclasses": True},
        "markdown.extensions.extra": {},
        "markdown.extensions.meta": {},
        "markdown.extensions.toc": {},
    },
    "output_format": "html5",
}
