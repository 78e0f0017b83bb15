"""The public board: what of a case anybody may see, after a person has looked it over."""
