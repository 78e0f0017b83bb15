"""Several bots on one PostgreSQL: who does what, what they tell each other, the parent that starts them."""
