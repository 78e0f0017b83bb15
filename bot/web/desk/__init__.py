"""The desk (工作台): lists, cases and the rest of what staff and responders work with."""
