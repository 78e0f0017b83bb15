"""The running bot: wiring, channels to the outside, clock, web server, command line."""
