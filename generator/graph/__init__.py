"""Documents in, Library out: sections, order, terms, translations, pagination, all as tables."""
