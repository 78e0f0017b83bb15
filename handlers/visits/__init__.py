"""Visits and patrols (走访, 巡查): who is seen how often, what was heard or found."""
