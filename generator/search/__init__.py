"""The search index that a site's readers search in their browsers."""
