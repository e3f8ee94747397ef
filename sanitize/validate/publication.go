package validate

// PatentApplication checks a Chinese patent application number without its dot: year, kind
// (1 invention, 2 utility model, 3 design, 8 and 9 PCT), seven digits of serial, check
// character (ZC 0006-2003, weights 2…9 2…5, MOD 11).
func PatentApplication(s string) Fault {
	if len(s) != 13 || !digits(s[:12], 12) {
		return Form
	}
	switch s[4] {
	case '1', '2', '3', '8', '9':
	default:
		return Form
	}
	if y := number(s[:4]); y < 1985 || y > 2099 {
		return Date
	}
	sum := 0
	for i := 0; i < 12; i++ {
		sum += int(s[i]-'0') * (i%8 + 2)
	}
	if "0123456789X"[sum%11] != s[12] {
		return Check
	}
	return OK
}

// ISBN checks a book number of 10 or 13 characters without hyphens (GB/T
// 5795-2006, MOD 11 and MOD 10). It serves to exclude false alarms.
func ISBN(s string) Fault {
	sum := 0
	switch {
	case len(s) == 10 && digits(s[:9], 9):
		for i := 0; i < 9; i++ {
			sum += int(s[i]-'0') * (10 - i)
		}
		if "0123456789X"[(11-sum%11)%11] != s[9] {
			return Check
		}
		return OK
	case digits(s, 13) && (s[:3] == "978" || s[:3] == "979"):
		for i := 0; i < 13; i++ {
			sum += int(s[i]-'0') * (1 + i%2*2)
		}
		if sum%10 != 0 {
			return Check
		}
		return OK
	}
	return Form
}

// ISSN checks a serial number of eight characters without its hyphen (GB/T
// 9999.1-2018, MOD 11). It serves to exclude false alarms.
func ISSN(s string) Fault {
	if len(s) != 8 || !digits(s[:7], 7) {
		return Form
	}
	sum := 0
	for i := 0; i < 7; i++ {
		sum += int(s[i]-'0') * (8 - i)
	}
	if "0123456789X"[(11-sum%11)%11] != s[7] {
		return Check
	}
	return OK
}
