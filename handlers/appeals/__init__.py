"""Appeals: what residents say becomes a case, joins one, seconds one, or is answered alone."""
