"""Questions and answers (问答): from a table, from what is known anyway, else from the grid leader."""
