"""Whether links lead somewhere: to documents of the site, and to other sites."""
