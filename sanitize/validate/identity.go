package validate

// provinces holds the first two digits of GB/T 2260 codes in use, and 81, 82, 83
// of the residence permits for people from Hong Kong, Macao and Taiwan.
var provinces = [100]bool{
	11: true, 12: true, 13: true, 14: true, 15: true,
	21: true, 22: true, 23: true,
	31: true, 32: true, 33: true, 34: true, 35: true, 36: true, 37: true,
	41: true, 42: true, 43: true, 44: true, 45: true, 46: true,
	50: true, 51: true, 52: true, 53: true, 54: true,
	61: true, 62: true, 63: true, 64: true, 65: true,
	71: true, 81: true, 82: true, 83: true,
}

// Province tells whether the two digits begin an administrative region code.
func Province(s string) bool {
	return len(s) >= 2 && digits(s[:2], 2) && provinces[number(s[:2])]
}

// region checks a six-digit code as far as its structure goes: province, and a
// prefecture number in use (01–70, 90 for those directly under a province). The
// full table changes every year; old identity numbers keep codes long withdrawn.
func region(s string) bool {
	if !Province(s) {
		return false
	}
	city := number(s[2:4])
	return city >= 1 && city <= 70 || city == 90 || s[0] == '7' || s[0] == '8'
}

var residentWeights = [17]int{7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2}

// mod112 is the check character of ISO 7064 MOD 11-2 over 17 digits.
func mod112(s string) byte {
	sum := 0
	for i, w := range residentWeights {
		sum += int(s[i]-'0') * w
	}
	return "10X98765432"[sum%11]
}

// ResidentID checks an 18-character citizen identity number: region, date of
// birth and check character (GB 11643-1999, ISO 7064 MOD 11-2).
func ResidentID(s string) Fault {
	switch {
	case len(s) != 18 || !digits(s[:17], 17):
		return Form
	case s[17] != 'X' && (s[17] < '0' || s[17] > '9'):
		return Form
	case !region(s):
		return Region
	case !Day(number(s[6:10]), number(s[10:12]), number(s[12:14])):
		return Date
	case mod112(s) != s[17]:
		return Check
	}
	return OK
}

// ResidentID15 checks a 15-digit identity number of the first generation (GB
// 11643-1989): region and date of birth in the 20th century; it has no check digit.
func ResidentID15(s string) Fault {
	switch {
	case !digits(s, 15):
		return Form
	case !region(s):
		return Region
	case !Day(1900+number(s[6:8]), number(s[8:10]), number(s[10:12])):
		return Date
	}
	return OK
}

// PermanentResident checks the 18-character number of a foreigner's permanent
// residence card issued since 2023: 9, province of issue, numeric country code (GB/T
// 2659), date of birth, serial, check character as in GB 11643.
func PermanentResident(s string) Fault {
	switch {
	case len(s) != 18 || !digits(s[:17], 17) || s[0] != '9':
		return Form
	case s[17] != 'X' && (s[17] < '0' || s[17] > '9'):
		return Form
	case !Province(s[1:3]) || number(s[3:6]) == 0 || number(s[3:6]) > 900:
		return Region
	case !Day(number(s[6:10]), number(s[10:12]), number(s[12:14])):
		return Date
	case mod112(s) != s[17]:
		return Check
	}
	return OK
}

// PermanentResidentOld checks the form of a card issued before 2023: three letters
// of the country (GB/T 2659), four digits of the place, six of the birth date, two more.
func PermanentResidentOld(s string) Fault {
	if len(s) != 15 || !digits(s[3:], 12) {
		return Form
	}
	for i := 0; i < 3; i++ {
		if s[i] < 'A' || s[i] > 'Z' {
			return Form
		}
	}
	if !Province(s[3:5]) {
		return Region
	}
	if m, d := number(s[9:11]), number(s[11:13]); m < 1 || m > 12 || d < 1 || d > 31 {
		return Date
	}
	return OK
}

// HongKongID checks an identity card number of Hong Kong without brackets: one or
// two letters, six digits, check character (public algorithm, MOD 11, weights 9…2, A=10).
func HongKongID(s string) Fault {
	if len(s) == 8 {
		s = " " + s
	}
	if len(s) != 9 || !digits(s[2:8], 6) {
		return Form
	}
	sum := 0
	for i := range 2 {
		v := hongKongLetter(s[i], i == 0)
		if v == 0 {
			return Form
		}
		sum += v * (9 - i)
	}
	for i := 2; i < 8; i++ {
		sum += int(s[i]-'0') * (9 - i)
	}
	if "0123456789A"[(11-sum%11)%11] != s[8] {
		return Check
	}
	return OK
}

// hongKongLetter is the value of a letter, of a blank where there is only one letter; 0 for anything else.
func hongKongLetter(c byte, first bool) int {
	switch {
	case c >= 'A' && c <= 'Z':
		return int(c-'A') + 10
	case c == ' ' && first:
		return 36
	}
	return 0
}

// taiwanLetters gives the two-digit value of each initial letter.
var taiwanLetters = [26]int{10, 11, 12, 13, 14, 15, 16, 17, 34, 18, 19, 20, 21, 22, 35, 23, 24, 25, 26, 27, 28, 29, 32, 30, 31, 33}

// TaiwanID checks an identity card number of Taiwan: letter, 1 or 2 (8 or 9 on
// residence certificates), eight digits, the last a check digit (public algorithm, weighted MOD 10).
func TaiwanID(s string) Fault {
	if len(s) != 10 || s[0] < 'A' || s[0] > 'Z' || !digits(s[1:], 9) {
		return Form
	}
	if s[1] != '1' && s[1] != '2' && s[1] != '8' && s[1] != '9' {
		return Form
	}
	v := taiwanLetters[s[0]-'A']
	sum := v/10 + v%10*9
	for i := 1; i < 9; i++ {
		sum += int(s[i]-'0') * (9 - i)
	}
	if (sum+int(s[9]-'0'))%10 != 0 {
		return Check
	}
	return OK
}
