package scan

// columns judges the cells that begin up to place i and whose value has no shape
// of its own: the head says what it is. It returns where the next cell begins.
func (s *scanner) columns(i int) int {
	for s.col < len(s.cells) {
		c := &s.cells[s.col]
		if c.Start > i {
			return c.Start
		}
		s.col++
		if !c.IsHead && c.Len() > 0 && c.Field != FieldNone && c.Len() <= 400 {
			s.column(c)
		}
	}
	return len(s.t)
}

func (s *scanner) column(c *Cell) {
	why := c.says
	if c.Field == FieldPhone || c.Field == FieldMobile {
		if anyOf(c.Head, []string{"联系人", "姓名", "负责人", "经办人", "联络员"}) {
			s.nameCell(c)
		}
		return
	}
	switch c.Field {
	case FieldName, FieldPerson:
		s.nameCell(c)
	case FieldPassword, FieldPair:
		s.passwordCell(c, why)
	case FieldKey, FieldAppSecret:
		rule := "H04"
		if c.Field == FieldAppSecret {
			rule = "H10"
		}
		s.keyValue(rule, c.Start, 2, why)
	case FieldAddress:
		s.address(c.Start, why)
	case FieldBirth:
		s.birth(c.Start, why)
	case FieldContractSum:
		if end := s.amount(c.Start); end > 0 && end <= c.End {
			s.sum(c.Start, end, why)
		}
	case FieldX, FieldY:
		s.planeCell(c, why)
	case FieldSerial, FieldCertificate, FieldSocial, FieldWechat, FieldOfficer, FieldContract:
		s.labelledValue(c.Field, c.Start, c.Start, 2, why)
	}
}

// passwordCell takes the whole cell for a password unless it says that there is none.
func (s *scanner) passwordCell(c *Cell, why string) {
	if _, ok := s.x.label(s.t, c.Start); ok {
		return // the cell has a label of its own
	}
	if han(s.t[c.Start]) {
		return
	}
	i := c.Start
	if c.Field == FieldPair {
		for k := c.Start; k < c.End; k++ {
			if s.t[k] == '/' || s.t[k] == ' ' || s.t[k] == ',' {
				i = k + 1
			}
		}
	}
	end := min(s.secretSpan(i), c.End)
	v := s.rawString(i, end)
	if end-i < 4 || placeholder(v) || cipher(v) {
		return
	}
	s.add("H01", i, end, 0.6, "口令值："+kinds(v)).why(0.35, why)
}

// planeCell handles a cell under X坐标 or Y坐标.
func (s *scanner) planeCell(c *Cell, why string) {
	k := c.Start
	for k < c.End && digit(s.t[k]) {
		k++
	}
	whole := k - c.Start
	frac := false
	if s.at(k) == '.' {
		for k++; k < c.End && digit(s.t[k]); k++ {
			frac = true
		}
	}
	axis := 'x'
	if c.Field == FieldY {
		axis = 'y'
	}
	if k != c.End || !gauss(axis, whole) && (!frac || whole < 6 || whole > 8) {
		return
	}
	s.add("F02", c.Start, c.End, 0.65, "平面坐标的位数").why(0.25, why)
}
