package lists

// Terms are the words shown on the page 词库.
func (b *Box) Terms() []string {
	var out []string
	for _, r := range b.words.Rows() {
		out = append(out, r.Term)
	}
	return out
}

// States are the rules shown on the page 规则 with their state.
func (b *Box) States() map[string]string {
	out := map[string]string{}
	for _, r := range b.listed.Rows() {
		out[r.ID] = r.state() + " " + r.now()
	}
	return out
}

// Pick puts the cursor on a row of the page in front and opens it.
func (b *Box) Pick(row int) {
	switch b.at {
	case Words:
		b.words.MoveTo(row, 0)
		b.words.OnOpen(row, "")
	case Allow:
		b.allow.MoveTo(row, 0)
		b.allow.OnOpen(row, "")
	case Rules:
		b.listed.MoveTo(row, 0)
		b.listed.OnOpen(row, "")
	}
}

// Delete deletes the row under the cursor, as the key does.
func (b *Box) Delete() {
	if b.at == Words {
		b.words.OnDelete(nil)
	} else {
		b.allow.OnDelete(nil)
	}
}

// New asks for a new word.
func (b *Box) New() { b.editWord(nil) }

// RuleRow is the row of a rule on the page 规则, -1 if it is not shown.
func (b *Box) RuleRow(id string) int {
	for i, r := range b.listed.Rows() {
		if r.ID == id {
			return i
		}
	}
	return -1
}

// Import reads a word list, as after the file dialog.
func (b *Box) Import() { b.importWords() }

// ReadPack reads a rule pack, as after the file dialog.
func (b *Box) ReadPack(path string) { b.readPack(path) }

// Foot is what the line at the bottom says.
func (b *Box) Foot() string { return b.foot.Text }
