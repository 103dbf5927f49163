"""Brings the names that LAC finds to the conventions of the recogniser: {"text", "entities"} a line in and out.

    python3 convert.py < tagged.jsonl > converted.jsonl

A chain of divisions becomes one place each; names that its model is known to invent in statutes are left out, the whole
sentence with them where that is likely, for a missing name teaches as much as a false one.
"""
import json, os, re, sys

HERE = os.path.dirname(os.path.abspath(__file__))


def sections():
    found, name = {}, None
    with open(os.path.join(HERE, "division_names.txt"), encoding="utf-8") as lines:
        for line in lines:
            if line.startswith("# "):
                name = line[2:].strip()
                found[name] = set()
            else:
                found[name].update(line.split())
    return found


DIVISIONS = sections()
LEVELS = ["country", "province", "city", "county", "town"]
LEVEL_OF = {}
for level, name in enumerate(LEVELS):
    for word in DIVISIONS[name]:
        LEVEL_OF.setdefault(word, set()).add(level)
    for word in DIVISIONS.get(name + "_short", ()):
        LEVEL_OF.setdefault(word, set()).add(level)
LEVEL_OF.setdefault("中国", set()).add(0)
ENDING = re.compile(r"^[\u4e00-\u9fff]{2,7}(镇|乡|街道|村|社区|区|县|市|山|河|江|湖|路|街|桥|站|港|机场|广场|公园)$")
with open(os.path.join(HERE, "surnames.txt"), encoding="utf-8") as file:
    SURNAMES = {word for word in file.read().split() if "#" not in word}


def split(text):
    """The ends of the divisions of a chain: 甘肃省天水市 at 3 and 6; one end where it is no chain."""
    ends, at, level = [], 0, -1
    while at < len(text):
        for length in range(min(12, len(text) - at), 1, -1):
            levels = [found for found in LEVEL_OF.get(text[at:at + length], ()) if found > level]
            if levels:
                level = min(levels)
                at += length
                ends.append(at)
                break
        else:
            # What follows a chain must look like a place itself.
            return ends + [len(text)] if ends and ENDING.match(text[at:]) else [len(text)]
    return ends


def convert(item):
    entities, text = [], item["text"]
    for start, end, kind in item["entities"]:
        name = text[start:end]
        if kind == "LOC":
            if name in ("大陆", "内地", "农村", "国家", "自治县", "本市", "全国", "自治区", "世界", "全市", "全省", "我国"):
                continue
            if re.match(r"^[市区县州省乡镇]?[和、（]", name):
                return None
            first = start
            for length in split(name):
                entities.append([first, start + length, kind])
                first = start + length
        elif kind == "PER":
            known = name[0] in SURNAMES or name[:2] in SURNAMES or "·" in name or len(name) > 3
            if item["source"].startswith("laws") and not (known and len(name) in (2, 3) and re.search(r"同志|烈士|先生|故居|纪念|墓", text)):
                return None
            if not known and len(name) < 3:
                continue
            entities.append([start, end, kind])
        else:
            if len(name) < 2 or name in ("市和", "法院", "检察院", "公安机关", "人民法院", "人民检察院", "大众", "农民专业合作社", "企业", "公司", "村民委员会", "居民委员会", "工会", "警方"):
                continue
            if item["source"].startswith("laws") and re.search(r"[和、（）]", name):
                return None
            entities.append([start, end, kind])
    return {"text": text, "entities": entities}


for line in sys.stdin:
    converted = convert(json.loads(line))
    if converted:
        print(json.dumps(converted, ensure_ascii=False))
