package normal

// ownFolds are folds that no standard form gives: signs that look alike, blanks
// of every width, and radicals that some PDF writers put in place of characters.
var ownFolds = buildOwnFolds()

func buildOwnFolds() map[rune]rune {
	m := map[rune]rune{
		0xA0: ' ', 0x1680: ' ', 0x202F: ' ', 0x205F: ' ', 0x3000: ' ', 0x2800: ' ',
		0x2028: '\n', 0x2029: '\n', 0x0B: '\n', 0x0C: '\n',
		0x85:   '\n',
		0x3007: '〇', 0x25CB: '○', // kept: both stand for zero among Chinese digits
	}
	for r := rune(0x2000); r <= 0x200A; r++ {
		m[r] = ' '
	}
	pairs := map[rune]string{
		'-':  "‐‑‒–—―−﹘﹣－⁃",
		'·':  "•‧・･∙⋅᛫⸱ꞏ",
		'~':  "〜～∼〰",
		':':  "∶：︰﹕ː",
		'*':  "∗＊✱✲⁎﹡",
		'/':  "⁄∕╱／",
		'|':  "｜∣ǀ丨￨",
		'\'': "‘’＇ʼ",
		'"':  "＂",
		'@':  "＠﹫",
	}
	for to, from := range pairs {
		for _, f := range from {
			m[f] = to
		}
	}
	const radicals = "⺁厂⺄乙⺅亻⺆冂⺇几⺈刀⺉刂⺊卜⺌小⺍小⺎兀⺏尢⺐尢⺒巳⺓幺⺔彑⺖忄⺗心⺘扌⺙攵⺛旡⺜日⺝月⺞歺⺟母⺠民⺡氵⺢水⺣灬⺤爪⺥爪⺦丬⺧牛⺨犭⺩王⺪疋⺫目⺬示⺭礻⺮竹⺯糸⺰纟⺱罓⺲罒⺳网⺴网⺵网⺶羊⺷羊⺸羊⺹老⺺聿⺻聿⺼肉⺽臼⺾艹⺿艹⻀艹⻁虎⻂衤⻃西⻄西⻅见⻆角⻇角⻈讠⻉贝⻊足⻋车⻌辶⻍辶⻎辶⻏阝⻐钅⻑长⻒长⻓长⻔门⻕阜⻖阝⻗雨⻘青⻙韦⻚页⻛风⻜飞⻝食⻞食⻟饣⻠饣⻡首⻢马⻣骨⻤鬼⻥鱼⻦鸟⻧卤⻨麦⻩黄⻪黾⻫齐⻬齐⻭齿⻮齿⻯龙⻰龙⻱龟⻲龟⻳龟"
	rs := []rune(radicals)
	for i := 0; i+1 < len(rs); i += 2 {
		m[rs[i]] = rs[i+1]
	}
	return m
}
