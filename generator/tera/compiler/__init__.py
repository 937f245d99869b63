"""From jinja2.nodes to Python code, through Jinja2's compiler."""
