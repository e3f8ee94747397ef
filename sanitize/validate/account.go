package validate

// Luhn tells whether a string of digits, the last a check digit, satisfies the
// formula of ISO/IEC 7812-1 annex B. Fewer than two digits, or all the same, do not.
func Luhn(s string) bool {
	if len(s) < 2 || !digits(s, len(s)) {
		return false
	}
	sum, same := 0, true
	for i := 0; i < len(s); i++ {
		same = same && s[i] == s[0]
		v := int(s[len(s)-1-i] - '0')
		if i%2 == 1 {
			if v *= 2; v > 9 {
				v -= 9
			}
		}
		sum += v
	}
	return sum%10 == 0 && !same
}

// CardIssuer names the card scheme by the leading digits and length of a bank
// card number (issuer identification numbers after ISO/IEC 7812), "" if there is none.
func CardIssuer(s string) string {
	n := len(s)
	if n < 13 || n > 19 || !digits(s, n) {
		return ""
	}
	two, four := number(s[:2]), number(s[:4])
	switch {
	case two == 62 && n >= 16:
		return "银联"
	case s[0] == '4' && (n == 13 || n == 16 || n == 19):
		return "维萨"
	case n == 16 && (two >= 51 && two <= 55 || four >= 2221 && four <= 2720):
		return "万事达"
	case n == 16 && four >= 3528 && four <= 3589:
		return "JCB"
	case n == 15 && (two == 34 || two == 37):
		return "运通"
	case n == 14 && (two == 36 || two == 38):
		return "大来"
	}
	return ""
}

// BankCard checks a bank card number: issuer and length, then the Luhn check
// digit (ISO/IEC 7812-1).
func BankCard(s string) Fault {
	if CardIssuer(s) == "" {
		return Form
	}
	if !Luhn(s) {
		return Check
	}
	return OK
}

// IBAN checks an international bank account number without blanks (ISO 13616, MOD 97).
func IBAN(s string) Fault {
	if len(s) < 15 || len(s) > 34 || !digits(s[2:4], 2) {
		return Form
	}
	rest := 0
	for i := 0; i < len(s); i++ {
		switch c := s[(i+4)%len(s)]; {
		case c >= '0' && c <= '9':
			rest = (rest*10 + int(c-'0')) % 97
		case c >= 'A' && c <= 'Z':
			rest = (rest*100 + int(c-'A') + 10) % 97
		default:
			return Form
		}
	}
	if s[0] < 'A' || s[1] < 'A' {
		return Form
	}
	if rest != 1 {
		return Check
	}
	return OK
}
