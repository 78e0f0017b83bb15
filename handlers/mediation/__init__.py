"""Mediation (调解): sides, records that both confirm, outcomes."""
