"""`make bench`: what the bot can bear, measured on this machine and written into docs/benchmarks.md."""
