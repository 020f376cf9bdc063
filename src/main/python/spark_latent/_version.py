"""The version of this package, which is that of the job jar inside."""

__version__ = "0.1.0.dev0"
