"""五个必到: households that somebody must go and see, heard from their own words or entered by staff."""
