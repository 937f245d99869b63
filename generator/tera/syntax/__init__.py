"""From a template's source to jinja2.nodes, by Tera's grammar."""
