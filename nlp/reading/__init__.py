"""Reading: what commands and answers say in days, hours, numbers, lists and ratings."""
