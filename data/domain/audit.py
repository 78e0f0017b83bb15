"""The audit: what its rows are called beside the commands."""

from __future__ import annotations

VIEW = "view"  # words read unmasked, on a page
