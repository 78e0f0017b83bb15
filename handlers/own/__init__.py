"""The place's own rules and wordings: changed, tried out, gone back from, in force at once."""
