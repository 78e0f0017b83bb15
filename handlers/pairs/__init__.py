"""Paired households (联户) and party members (党员报到, 认领)."""
