"""Every text a person reads: the file of wordings, how it is read, and what is masked in it."""
