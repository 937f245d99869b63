"""The template language Tera, as Zola's sites use it, compiled to Python; knows nothing of sites."""

from generator.tera.cache import BytecodeStore, FolderStore
from generator.tera.engine import Tera
from generator.tera.errors import CallError, TeraError
from generator.tera.limits import TeraLimits
from generator.tera.timing import TemplateTimer

__all__ = ["BytecodeStore", "CallError", "FolderStore", "TemplateTimer", "Tera", "TeraError", "TeraLimits"]
