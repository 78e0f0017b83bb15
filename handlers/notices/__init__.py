"""Notices (通知): given to groups, received, withdrawn."""
