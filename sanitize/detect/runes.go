package detect

func isHan(r rune) bool {
	return r >= 0x4E00 && r <= 0x9FFF || r >= 0x3400 && r <= 0x4DBF || r >= 0x20000 && r <= 0x323AF
}

func isLatin(r rune) bool {
	return r >= 'a' && r <= 'z' || r >= '0' && r <= '9' || r >= 'A' && r <= 'Z'
}

func isDigit(r rune) bool { return r >= '0' && r <= '9' }

func isBlank(r rune) bool { return r == ' ' || r == '\t' || r == '\n' }

// lastGapSign is the highest of the gap signs.
const lastGapSign = '、'

// isGapSign tells whether a rune is of those that are put between the characters
// of a word to hide it.
func isGapSign(r rune) bool {
	switch r {
	case ' ', '\n', '·', '.', '-', '_', '*', '/', '|', '、', '+', '~', '#', '^', '&', '=', '\'', '`':
		return true
	}
	return false
}

// endsSentence tells whether a rune closes a sentence.
func endsSentence(r rune) bool {
	switch r {
	case '。', '!', '?', ';', '！', '？', '；', '…':
		return true
	}
	return false
}

// endsClause tells whether a rune parts clauses; the text between two of them is
// what is cut into words.
func endsClause(r rune) bool {
	switch r {
	case '。', ',', ';', '!', '?', ':', '、', '(', ')', '“', '”', '《', '》', '【', '】', '[', ']', '「', '」', '\n', '\t', '"', '…', '〔', '〕', '<', '>', '/', '|', '★', '☆':
		return true
	}
	return false
}

// isClauseStop parts clauses for negation: an enumeration (、) does not.
func isClauseStop(r rune) bool {
	return r == ',' || r == ':' || r == '\n' || r == '\t' || endsSentence(r)
}
