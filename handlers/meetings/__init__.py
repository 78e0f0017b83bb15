"""Meetings (议事会): called, signed up for, deciding cases, fed with repeat matters."""
