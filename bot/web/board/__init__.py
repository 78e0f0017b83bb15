"""The public board (公开栏): what anybody may see, without signing in."""
