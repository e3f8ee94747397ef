package validate

import "strings"

// creditAlphabet is the character set of the unified social credit code; the
// place of a character is its value (no I, O, S, V, Z).
const creditAlphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY"

var creditWeights = [17]int{1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28}

// CreditCode checks a unified social credit code of 18 characters: registration
// office, kind, region, body and check character (GB 32100-2015, MOD 31).
func CreditCode(s string) Fault {
	if len(s) != 18 {
		return Form
	}
	sum := 0
	for i := 0; i < 17; i++ {
		v := strings.IndexByte(creditAlphabet, s[i])
		if v < 0 {
			return Form
		}
		sum += v * creditWeights[i]
	}
	if !strings.ContainsRune("123456789AN", rune(s[0])) || !digits(s[2:8], 6) {
		return Form
	}
	if p := s[2:4]; !Province(p) && p != "10" {
		return Region
	}
	if creditAlphabet[(31-sum%31)%31] != s[17] {
		return Check
	}
	return OK
}

var organisationWeights = [8]int{3, 7, 9, 10, 5, 8, 4, 2}

// OrganisationCode checks an organisation code of nine characters without its
// hyphen (GB 11714-1997, MOD 11: 10 is X, 11 is 0).
func OrganisationCode(s string) Fault {
	if len(s) != 9 {
		return Form
	}
	sum := 0
	for i, w := range organisationWeights {
		switch c := s[i]; {
		case c >= '0' && c <= '9':
			sum += int(c-'0') * w
		case c >= 'A' && c <= 'Z':
			sum += (int(c-'A') + 10) * w
		default:
			return Form
		}
	}
	want := byte('0')
	switch r := 11 - sum%11; r {
	case 10:
		want = 'X'
	case 11:
	default:
		want = byte('0' + r)
	}
	if s[8] != want {
		return Check
	}
	return OK
}
