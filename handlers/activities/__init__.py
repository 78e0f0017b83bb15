"""Activities (活动, 楼栋日, 服务日, and meetings): called, signed up for, checked in to, ended."""
