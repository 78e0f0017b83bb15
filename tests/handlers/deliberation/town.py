"""A grid with households that are known: three doors of 3栋, one of 5栋, each with people; one more grid."""

from __future__ import annotations

from tests.town import ROSTER

HOUSEHOLDS = """
  - {building: g1b3, unit: "1", door: "101", area_m2: 100, people: [{channel: web, id: li}]}
  - building: g1b3
    unit: "1"
    door: "102"
    area_m2: 100.5
    people: [{channel: web, id: zhang}, {channel: web, id: zhang2}]
  - {building: g1b3, unit: "1", door: "103", area_m2: 99.5, people: [{channel: web, id: chen2}]}
  - {building: g1b5, door: "301", area_m2: 120, people: [{channel: web, id: sun}]}
  - {building: g2b8, door: "801", area_m2: 80, people: [{channel: web, id: qian}]}
"""
KNOWN = ROSTER.replace(
    'unit: "2", door: "501"', 'unit: "2", door: "501", area_m2: 80, people: [{channel: web, id: wang}]'
)
NEIGHBOURS = KNOWN + HOUSEHOLDS.lstrip("\n")
NAMES = {"li": "李四", "zhang": "张三", "zhang2": "张嫂", "chen2": "陈伯", "sun": "孙哥", "qian": "钱姨"}
