package validate

// IMEI checks the 15-digit number of a mobile device (3GPP TS 23.003, Luhn).
func IMEI(s string) Fault {
	if !digits(s, 15) {
		return Form
	}
	if !Luhn(s) {
		return Check
	}
	return OK
}

// ICCID checks the number of a SIM card: 19 or 20 digits beginning with 89
// (ITU-T E.118, Luhn). Chinese cards of 20 digits often have a letter within and no
// check digit; those are a matter of context.
func ICCID(s string) Fault {
	if n := len(s); n != 19 && n != 20 || !digits(s, n) || s[:2] != "89" {
		return Form
	}
	if !Luhn(s) {
		return Check
	}
	return OK
}

var vinWeights = [17]int{8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2}

// vinValues are the values of A … Z; 0 where the letter is not allowed (I, O, Q).
var vinValues = [26]int{1, 2, 3, 4, 5, 6, 7, 8, 0, 1, 2, 3, 4, 5, 0, 7, 0, 9, 2, 3, 4, 5, 6, 7, 8, 9}

// VIN checks a vehicle identification number of 17 characters; the ninth is the
// check character (GB 16735-2019, MOD 11).
func VIN(s string) Fault {
	if len(s) != 17 {
		return Form
	}
	sum, letters := 0, 0
	for i, w := range vinWeights {
		switch c := s[i]; {
		case c >= '0' && c <= '9':
			sum += int(c-'0') * w
		case c >= 'A' && c <= 'Z' && vinValues[c-'A'] > 0:
			sum += vinValues[c-'A'] * w
			letters++
		default:
			return Form
		}
	}
	if letters == 0 {
		return Form
	}
	if "0123456789X"[sum%11] != s[8] {
		return Check
	}
	return OK
}
