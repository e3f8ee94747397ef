package detect

// splits says how characters of terms of high risk are written in two, each in the
// ways that are met: 木几 for 机.
var splits = map[rune][]string{
	'机': {"木几"}, '密': {"宓山", "宀必山"}, '秘': {"禾必"}, '绝': {"纟色", "丝色", "糸色"},
	'涉': {"氵步"}, '军': {"冖车"}, '队': {"阝人"}, '部': {"咅阝", "立口阝"}, '侦': {"亻贞"}, '控': {"扌空"},
	'线': {"纟戋"}, '战': {"占戈"}, '弹': {"弓单"}, '导': {"巳寸"}, '舰': {"舟见"}, '标': {"木示"},
	'码': {"石马"}, '钥': {"钅月"}, '技': {"扌支"}, '警': {"敬言"}, '防': {"阝方"}, '指': {"扌旨"},
	'挥': {"扌军"}, '批': {"扌比"}, '纪': {"纟己"}, '演': {"氵寅"}, '评': {"讠平"}, '谈': {"讠炎"},
	'访': {"讠方"}, '证': {"讠正"}, '情': {"忄青"}, '核': {"木亥"}, '信': {"亻言"}, '件': {"亻牛"},
	'级': {"纟及"}, '讨': {"讠寸"}, '论': {"讠仑"}, '稿': {"禾高"},
}

// splitForms gives the term with each of its characters written in two, one at a time.
func splitForms(term string) []string {
	var out []string
	t := []rune(term)
	if len(t) < 2 {
		return nil
	}
	for i, r := range t {
		for _, s := range splits[r] {
			out = append(out, string(t[:i])+s+string(t[i+1:]))
		}
	}
	return out
}
