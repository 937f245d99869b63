"""The build from its options to what is to be published."""

from generator.pipeline.build import Preview, build_site, check_site

__all__ = ["Preview", "build_site", "check_site"]
