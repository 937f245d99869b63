"""Text to text: slugs, sort keys, dates and globs, without knowledge of sites and without I/O of a site."""
