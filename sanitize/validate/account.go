package validate

import "slices"

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

// issuer is a range of leading digits with the lengths of its card numbers.
type issuer struct {
	name     string
	from, to int // the first four digits
	lengths  []int
}

var issuers = []issuer{
	{"银联", 6200, 6299, []int{16, 17, 18, 19}},
	{"维萨", 4000, 4999, []int{13, 16, 19}},
	{"万事达", 5100, 5599, []int{16}},
	{"万事达", 2221, 2720, []int{16}},
	{"JCB", 3528, 3589, []int{16}},
	{"运通", 3400, 3499, []int{15}},
	{"运通", 3700, 3799, []int{15}},
	{"大来", 3600, 3699, []int{14}},
	{"大来", 3800, 3899, []int{14}},
}

// CardIssuer names the card scheme by the leading digits and length of a bank
// card number (issuer identification numbers after ISO/IEC 7812), "" if there is none.
func CardIssuer(s string) string {
	if len(s) < 13 || !digits(s, len(s)) {
		return ""
	}
	four := number(s[:4])
	for _, i := range issuers {
		if four >= i.from && four <= i.to && slices.Contains(i.lengths, len(s)) {
			return i.name
		}
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
