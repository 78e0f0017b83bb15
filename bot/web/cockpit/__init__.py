"""The cockpit (驾驶舱): figures of one's areas, each leading to its cases."""
