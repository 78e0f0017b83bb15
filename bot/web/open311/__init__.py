"""Open311 GeoReport v2, and FixMyStreet's updates: cases as service requests."""
