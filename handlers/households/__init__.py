"""Households (住户): who lives where, said by oneself and confirmed by the staff, or listed by the roster."""
