"""Learning: weights from labelled texts, measured and adjusted; nothing of it runs in the bot."""
