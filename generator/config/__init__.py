"""`config.toml` or `zola.toml` to a SiteConfig."""
