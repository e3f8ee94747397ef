package validate

// MRZDigit is the check digit of a field of a machine-readable zone: weights 7, 3,
// 1, A=10, filler 0, MOD 10 (ICAO Doc 9303-3, 4.9). It gives -1 for a foreign character.
func MRZDigit(field string) int {
	sum := 0
	for i := 0; i < len(field); i++ {
		v := 0
		switch c := field[i]; {
		case c >= '0' && c <= '9':
			v = int(c - '0')
		case c >= 'A' && c <= 'Z':
			v = int(c-'A') + 10
		case c == '<':
		default:
			return -1
		}
		sum += v * [3]int{7, 3, 1}[i%3]
	}
	return sum % 10
}

// MRZPassport checks the second line of the machine-readable zone of a passport
// (TD3, 44 characters): number, birth date, expiry and the composite digit (ICAO Doc 9303-4).
func MRZPassport(line string) Fault {
	if len(line) != 44 {
		return Form
	}
	ok := func(field string, digit byte) bool {
		d := MRZDigit(field)
		return d >= 0 && (digit == byte('0'+d) || digit == '<' && d == 0)
	}
	if !digits(line[13:19], 6) || !digits(line[21:27], 6) {
		return Form
	}
	if !ok(line[:9], line[9]) || !ok(line[13:19], line[19]) || !ok(line[21:27], line[27]) ||
		!ok(line[:10]+line[13:20]+line[21:43], line[43]) {
		return Check
	}
	return OK
}
