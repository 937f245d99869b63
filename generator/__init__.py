"""hanji: a static site generator that builds Zola 0.22 sites unchanged."""

__version__ = "0.1.0"
# The Zola release whose behaviour is followed; templates see it as `zola_version`.
ZOLA_VERSION = "0.22.1"
