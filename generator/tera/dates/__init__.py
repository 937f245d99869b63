"""Dates as Tera reads and prints them: chrono's forms and directives, glibc's locales."""
