"""The REST interface (/api/v1): one table of operations from which checking and OpenAPI come."""
