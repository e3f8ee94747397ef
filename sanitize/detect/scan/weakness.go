package scan

// weakness handles CVE-2031-48213 and its kin where the text says that the hole is open.
func (s *scanner) weakness(i, j int) int {
	if s.at(j) != '-' {
		return 0
	}
	k, parts := j, 0
	for s.at(k) == '-' && digit(s.at(k+1)) && parts < 2 {
		for k++; digit(s.at(k)); {
			k++
		}
		parts++
	}
	if parts < 2 || k-j < 9 || alnum(s.at(k)) {
		return 0
	}
	from, to := s.sentence(i, k)
	text := string(s.t[from:to])
	near := string(s.t[max(from, i-12):min(to, k+16)])
	open := anyOf(text, []string{"未修复", "尚未", "未修补", "未打补丁", "待修复", "暂未", "未整改", "仍未", "可利用", "可被利用", "复现", "暴露", "未升级", "unpatched", "not patched", "not been patched", "yet to be patched", "no patch", "not fixed", "not been fixed", "not yet fixed", "unfixed", "exploitable", "vulnerable"})
	exists := anyOf(near, []string{"存在", "受影响", "扫描发现", "检出", "渗透"})
	closed := anyOf(near, []string{"已修复", "已修补", "已公开", "可识别", "识别", "已发布补丁", "已整改", "综述", "编号如", "检测", "patched", "fixed in"}) && !anyOf(near, []string{"未修复", "尚未修复", "not been fixed", "unpatched", "not patched", "not been patched"})
	switch {
	case open && !closed:
		s.add("G07", i, k, 0.65, "漏洞编号").why(0.3, "同句有“未修复”“可利用”等词").Certain = true
	case exists && !closed:
		s.add("G07", i, k, 0.65, "漏洞编号").why(0.15, "邻近“存在”“受影响”等词").Certain = true
	}
	return k
}
