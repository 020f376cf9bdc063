"""An extension of griffe: lines of a docstring that begin with >>> become a block of code."""

import re

import griffe

EXAMPLE = re.compile(r"^(?:(?:>>>|\.\.\.) ?.*\n?)+", re.MULTILINE)


class Examples(griffe.Extension):
    def on_object(self, *, obj, **_):
        if obj.docstring:
            obj.docstring.value = EXAMPLE.sub(self._block, obj.docstring.value)

    @staticmethod
    def _block(match):
        lines = [line[4:] for line in match[0].rstrip("\n").split("\n")]
        return "\n".join(["```python", *lines, "```", ""])
