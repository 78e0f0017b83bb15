"""What a roster's spreadsheet may be headed with: the Chinese names of its sheets, columns and values."""

from __future__ import annotations

SHEETS = {
    "areas": "区域",
    "rooms": "群",
    "organisations": "单位",
    "people": "人员",
    "households": "住户",
    "services": "服务",
    "visit_plans": "走访计划",
    "answers": "问答",
}
NOTES = ("说明", "填写说明", "示例", "readme")  # sheets that are for people only

COLUMNS: dict[str, dict[str, tuple[str, ...]]] = {
    "areas": {
        "code": ("编码", "代码", "区域编码"),
        "name": ("名称", "区域名称", "名字"),
        "kind": ("类型", "级别", "类别"),
        "parent": ("上级编码", "上级", "上级区域"),
        "lat": ("纬度",),
        "long": ("经度",),
    },
    "rooms": {
        "channel": ("渠道",),
        "id": ("群号", "群编号", "群ID"),
        "topic": ("群名", "群名称"),
        "kind": ("类型", "群类型"),
        "area": ("区域编码", "区域", "所属区域"),
        "organisation": ("单位", "所属单位"),
    },
    "organisations": {
        "name": ("名称", "单位名称", "单位"),
        "kind": ("类型", "单位类型"),
        "aliases": ("简称", "别名"),
        "area": ("区域编码", "区域", "所属区域"),
        "phone": ("电话", "联系电话"),
        "public": ("公开电话", "公开"),
    },
    "people": {
        "name": ("姓名", "名字"),
        "accounts": ("账号", "帐号"),
        "duties": ("职责", "职务"),
        "organisation": ("单位", "所属单位"),
        "rank": ("级别",),
        "phone": ("电话", "联系电话", "手机"),
        "public": ("公开电话", "公开"),
    },
    "households": {
        "building": ("楼栋编码", "楼栋"),
        "unit": ("单元",),
        "door": ("门牌", "房号", "门牌号"),
        "area_m2": ("面积", "建筑面积"),
        "people": ("账号", "住户账号"),
        "contact": ("联系人",),
    },
    "services": {
        "name": ("服务", "名称"),
        "words": ("怎么说", "关键词", "词"),
        "person": ("谁", "姓名", "人员"),
        "area": ("区域编码", "区域"),
    },
    "visit_plans": {
        "visitor": ("走访人", "谁"),
        "building": ("楼栋编码", "楼栋"),
        "unit": ("单元",),
        "door": ("门牌", "房号"),
        "name": ("姓名", "走访对象"),
        "every": ("多久一次", "周期"),
    },
    "answers": {
        "words": ("词", "关键词"),
        "answer": ("回答", "答案"),
        "phone": ("电话",),
        "hours": ("时间", "办公时间"),
        "area": ("区域编码", "区域"),
    },
}

KINDS = {
    "areas": {
        **dict.fromkeys(("区", "县", "区县"), "district"),
        **dict.fromkeys(("街道", "乡镇", "镇"), "street"),
        **dict.fromkeys(("社区", "村"), "community"),
        **dict.fromkeys(("楼栋", "楼"), "building"),
        "网格": "grid",
    },
    "rooms": {
        **dict.fromkeys(("居民群", "居民"), "residents"),
        **dict.fromkeys(("单位群", "部门群"), "department"),
        "工作群": "staff",
    },
}
ROLES = {
    "楼栋长": "building_head",
    "网格员": "grid_worker",
    "网格长": "grid_leader",
    "社区干部": "officer",
    "包片领导": "supervisor",
    "调解员": "mediator",
    "管理员": "operator",
}
CHANNELS = {"网页": "web", "微信": "wechaty", "企业微信": "wecom", "QQ": "onebot"}
YES_NO = {"是": "true", "否": "false", "√": "true", "×": "false"}

EXAMPLES = {  # shown on the sheet of notes, never imported
    "areas": ("500101002001001", "第一网格", "网格", "500101002001", "30.81", "108.39"),
    "rooms": ("网页", "grid1", "第一网格居民群", "居民群", "500101002001001", ""),
    "organisations": ("万邦物业", "property", "物业,万邦", "500101002001", "023-58000000", "是"),
    "people": ("李敏", "web:limin", "网格长@500101002001001", "", "", "", ""),
    "households": ("500101002001001003", "2", "501", "89.5", "", "李敏"),
    "services": ("法律顾问", "找律师,法律咨询", "李敏", "500101002001"),
    "visit_plans": ("李敏", "500101002001001003", "2", "501", "王奶奶", "每月"),
    "answers": ("停车费,月租", "每月 150 元,在物业前台交", "", "", ""),
}
