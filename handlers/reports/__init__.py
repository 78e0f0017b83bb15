"""Reports: 统计, the weekly digest, the daily list, and the figures they share."""
