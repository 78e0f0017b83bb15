"""The tree of categories (DESIGN §7): the national petition classification's first level, ours below."""

from __future__ import annotations

from dataclasses import dataclass

TREE: dict[str, tuple[str, ...]] = {
    "城乡建设": (
        *(
            "物业服务",
            "电梯",
            "停车",
            "路灯",
            "供水",
            "供电",
            "燃气",
            "供暖",
            "排水",
            "道路",
            "环境卫生",
            "绿化",
        ),
        *("违建", "房屋质量", "渗漏水", "公共设施", "消防隐患", "充电飞线", "占道经营", "施工", "老旧改造"),
        *("征收拆迁", "住房保障"),
    ),
    "环境保护": ("噪音", "油烟异味", "污水", "扬尘"),
    "交通运输": ("公交", "出租网约", "交通设施", "快递邮政"),
    "教育文体": ("入学", "学校管理", "教育收费", "文体活动"),
    "劳动和社会保障": ("社保", "欠薪", "就业", "退休待遇"),
    "商贸旅游": ("消费纠纷", "市场监管", "旅游"),
    "卫生计生": ("医疗服务", "食品药品", "公共卫生"),
    "政法": ("邻里纠纷", "社会治安", "交通违法", "户籍证件", "养犬", "高空抛物", "法律服务"),
    "民政": ("养老", "救助", "残疾人", "社区服务"),
    "国土资源": ("土地",),
    "农村农业": ("农业",),
    "党务政务": ("党务",),
    "经济管理": ("金融",),
    "科技与信息产业": ("通信网络",),
    "纪检监察": ("作风",),
}
OTHER = "其他"
CATEGORIES = tuple(f"{first}/{second}" for first, seconds in TREE.items() for second in (*seconds, OTHER))

# What people say for a category and would not find by looking for a part of its name.
_ALSO = {
    "漏水": "城乡建设/渗漏水",
    "渗水": "城乡建设/渗漏水",
    "消防": "城乡建设/消防隐患",
    "飞线": "城乡建设/充电飞线",
    "充电": "城乡建设/充电飞线",
    "卫生": "城乡建设/环境卫生",
    "垃圾": "城乡建设/环境卫生",
    "物业": "城乡建设/物业服务",
    "噪声": "环境保护/噪音",
    "扰民": "环境保护/噪音",
    "油烟": "环境保护/油烟异味",
    "快递": "交通运输/快递邮政",
    "打车": "交通运输/出租网约",
    "治安": "政法/社会治安",
    "户口": "政法/户籍证件",
    "遛狗": "政法/养犬",
    "狗": "政法/养犬",
    "低保": "民政/救助",
    "拆迁": "城乡建设/征收拆迁",
    "加装电梯": "城乡建设/老旧改造",
    "公租房": "城乡建设/住房保障",
    "网络": "科技与信息产业/通信网络",
    "信号": "科技与信息产业/通信网络",
    "工资": "劳动和社会保障/欠薪",
    "停电": "城乡建设/供电",
    "停水": "城乡建设/供水",
    "下水道": "城乡建设/排水",
    "天然气": "城乡建设/燃气",
    "煤气": "城乡建设/燃气",
    "暖气": "城乡建设/供暖",
}


@dataclass(frozen=True, slots=True)
class Resolved:
    """What a spoken category name means: the category, or the names it could have meant."""

    category: str | None
    suggestions: tuple[str, ...] = ()


def first_level(category: str) -> str:
    """The first-level class of a category."""
    return category.split("/", 1)[0]


def resolve(name: str) -> Resolved:
    """The category meant by `消防隐患`, `消防` or `环境保护`; suggestions if it is not clear."""
    name = name.strip().replace("／", "/").replace(" ", "")
    if name in CATEGORIES:
        return Resolved(name)
    if name in TREE:
        return Resolved(f"{name}/{OTHER}")
    exact = [c for c in CATEGORIES if c.split("/")[1] == name and name != OTHER]
    if len(exact) == 1:
        return Resolved(exact[0])
    if name in _ALSO:
        return Resolved(_ALSO[name])
    parts = [c for c in CATEGORIES if name and OTHER not in c and (name in c or c.split("/")[1] in name)]
    if len(parts) == 1:
        return Resolved(parts[0])
    return Resolved(None, tuple(parts[:5]) or tuple(_alike(name)))


def _alike(name: str) -> list[str]:
    """Categories that share letters with a name nobody knows."""
    letters = set(name)
    ranked = sorted(CATEGORIES, key=lambda c: -len(letters & set(c.split("/")[1])))
    return [c for c in ranked if letters & set(c.split("/")[1])][:5]
