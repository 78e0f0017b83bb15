"""企业微信 (WeCom) as officially open: an application, the robot of groups, group-robot webhooks."""
