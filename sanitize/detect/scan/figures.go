package scan

import (
	"strings"
	"sync"
)

// figureNames are persons of history and national leaders, who stand in the texts as such:
// 袁隆平院士, 鲁迅先生. Behind a label and a colon the same name is somebody else's.
const figureNames = `
马克思 恩格斯 列宁 毛泽东 周恩来 刘少奇 朱德 邓小平 陈云 江泽民 胡锦涛 习近平 李克强 李强 温家宝 朱镕基 孙中山 宋庆龄 李大钊 陈独秀 瞿秋白 方志敏 董必武
彭德怀 刘伯承 贺龙 陈毅 罗荣桓 徐向前 聂荣臻 叶剑英 粟裕 叶挺 林则徐 左宗棠 曾国藩 李鸿章 张之洞 张謇 严复 梁启超 康有为 谭嗣同 黄兴 蔡锷 秋瑾 蔡元培 陶行知 黄炎培 陈嘉庚 邹韬奋
雷锋 焦裕禄 王进喜 孔繁森 黄继光 董存瑞 邱少云 刘胡兰 杨靖宇 赵一曼 狼牙山五壮士 时传祥 张秉贵
钱学森 邓稼先 钱三强 钱伟长 袁隆平 华罗庚 陈景润 李四光 竺可桢 茅以升 詹天佑 侯德榜 苏步青 陈省身 于敏 朱光亚 王淦昌 赵九章 郭永怀 彭桓武 程开甲 吴文俊 王选 师昌绪 叶笃正 黄昆 谢家麟 吴孟超 吴良镛 徐光宪
严济慈 吴有训 叶企孙 周培源 梁思成 林徽因 童第周 谈家桢 贝时璋 汤飞凡 林巧稚 钟惠澜 黄旭华 孙家栋 闵恩泽 顾诵芬 黄大年 南仁东 钟南山 屠呦呦 李政道 杨振宁 丁肇中 吴健雄 高锟 束星北 卢鹤绂 谢希德 王应睐 朱洗 张香桐 冯德培
蔡伦 毕昇 张衡 祖冲之 沈括 郭守敬 李时珍 宋应星 徐光启 徐霞客 张仲景 华佗 孙思邈 扁鹊 鲁班 李冰 黄道婆 贾思勰 郦道元 僧一行 刘徽 秦九韶 杨辉 朱世杰 郑和 张骞 玄奘 鉴真
孔子 孟子 老子 庄子 荀子 墨子 韩非 屈原 司马迁 司马光 司马相如 班固 李白 杜甫 白居易 王维 王勃 苏轼 苏洵 苏辙 辛弃疾 李清照 陆游 欧阳修 王安石 范仲淹 柳宗元 韩愈 陶渊明 曹操 曹植 曹雪芹 吴承恩 施耐庵 罗贯中 蒲松龄 关汉卿 汤显祖 纪晓岚
王羲之 颜真卿 柳公权 吴道子 顾恺之 张择端 齐白石 徐悲鸿 张大千 梅兰芳 聂耳 冼星海 鲁迅 郭沫若 茅盾 巴金 老舍 曹禺 冰心 叶圣陶 朱自清 沈从文 钱钟书 季羡林 陈寅恪 王国维 胡适 徐志摩 张爱玲
秦始皇 汉武帝 唐太宗 武则天 成吉思汗 康熙 乾隆 诸葛亮 刘备 关羽 张飞 岳飞 文天祥 戚继光 郑成功 包拯 海瑞 孙武 孙膑 韩信 霍去病 花木兰 穆桂英
孙悟空 猪八戒 唐僧 贾宝玉 林黛玉 薛宝钗 王熙凤 武松 宋江 白素贞 许仙 梁山伯 祝英台 哪吒 嫦娥 后羿 大禹 神农 伏羲 女娲`

var figures = sync.OnceValue(func() map[string]bool {
	m := map[string]bool{}
	for _, n := range strings.Fields(figureNames) {
		m[n] = true
	}
	return m
})

// figure tells whether [a,b) is the name of a person of history.
func (s *scanner) figure(a, b int) bool {
	return b-a <= 6 && figures()[string(s.t[a:b])]
}
