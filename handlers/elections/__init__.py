"""Honours: good people (好人) of the month."""
