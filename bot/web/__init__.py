"""The web server: sign-in, the chat page, the API."""
