package scan

import "jinggao/sanitize/normal"

// opened is the number view, but for one or two Chinese numerals at either end of
// ASCII digits: in 13912345678一个 and 三13912345678 they count something else.
func opened(v *normal.View) []rune {
	d := v.Digits()
	if d == v {
		return v.Text
	}
	t := d.Text
	for i := 0; i < len(t); {
		if !digit(t[i]) {
			i++
			continue
		}
		j := i
		for j < len(t) && digit(t[j]) {
			j++
		}
		a, b := i, j
		for a < j && v.Text[a] >= 0x80 {
			a++
		}
		for b > a && v.Text[b-1] >= 0x80 {
			b--
		}
		if b-a >= 5 && a-i <= 2 && j-b <= 2 {
			copy(t[i:a], v.Text[i:a])
			copy(t[b:j], v.Text[b:j])
		}
		i = j
	}
	return t
}

// dressed tells whether five digits that are not ASCII stand close together: only
// then is the number view worth making.
func (x *lexicon) dressed(t []rune) bool {
	run, foreign := 0, 0
	for _, r := range t {
		switch {
		case r < 0x80:
			switch {
			case digit(r):
				run++
			case r != ' ' && r != '-':
				run, foreign = 0, 0
			}
			continue
		case r < 1<<16 && x.numerals[r>>6]&(1<<(r&63)) == 0:
			run, foreign = 0, 0
			continue
		case numeral(r):
			run++
			foreign++
		default:
			run, foreign = 0, 0
			continue
		}
		if run >= 5 && foreign > 0 {
			return true
		}
	}
	return false
}

// numeral tells whether r may be a digit in another dress.
func numeral(r rune) bool {
	switch {
	case r >= 0x2070 && r <= 0x2089, r >= 0x2460 && r <= 0x24FF, r >= 0x2776 && r <= 0x2793, r == 0xB2, r == 0xB3, r == 0xB9, r >= 0x1F100:
		return true
	case r < 0x3007 || r > 0x96F6:
		return r == '○'
	}
	switch r {
	case '〇', '零', '一', '二', '三', '四', '五', '六', '七', '八', '九', '壹', '贰', '叁', '肆', '伍', '陆', '柒', '捌', '玖', '幺':
		return true
	}
	return false
}
