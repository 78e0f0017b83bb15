"""Emergencies: answered at once, the ladder called, the duty roster asked first."""
