"""WeChat through Wechaty's gateway; nothing else knows Wechaty."""
