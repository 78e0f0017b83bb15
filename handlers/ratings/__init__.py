"""Ratings (评价): asked after 办结, heard in many words, thought better of."""
