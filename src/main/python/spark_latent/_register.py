"""Makes the Python classes known under the names of their Java classes.

PySpark finds the Python class of a saved stage by the name of its Java class. A package cannot be imported as
``io.github...``, because ``io`` is a module of Python, but an entry in ``sys.modules`` is found first.
"""

from __future__ import annotations

import sys
from types import ModuleType


def register() -> None:
    from spark_latent import _evaluators, _grouped, families

    for module in (families, _grouped, _evaluators):
        for name in module.__all__:
            cls = getattr(module, name)
            package, _, simple = cls._java_class.rpartition(".")
            holder = sys.modules.setdefault(package, ModuleType(package))
            setattr(holder, simple, cls)
