package validate_test

import (
	"testing"

	"jinggao/sanitize/validate"

	"pgregory.net/rapid"
)

func TestKnownNumbers(t *testing.T) {
	for _, c := range []struct {
		name  string
		check func(string) validate.Fault
		s     string
		want  validate.Fault
	}{
		{"resident, X", validate.ResidentID, "11010519491231002X", validate.OK},
		{"resident", validate.ResidentID, "110101199003078515", validate.OK},
		{"resident, check", validate.ResidentID, "110101199003078516", validate.Check},
		{"resident, day", validate.ResidentID, "110101199002308515", validate.Date},
		{"resident, leap day", validate.ResidentID, "110101190002298515", validate.Date},
		{"resident, future", validate.ResidentID, "110101299003078515", validate.Date},
		{"resident, region", validate.ResidentID, "100101199003078515", validate.Region},
		{"resident, letter", validate.ResidentID, "1101011990030785AX", validate.Form},
		{"resident, short", validate.ResidentID, "11010119900307851", validate.Form},
		{"resident15", validate.ResidentID15, "110105491231002", validate.OK},
		{"resident15, day", validate.ResidentID15, "110105491331002", validate.Date},
		{"permanent old", validate.PermanentResidentOld, "USA110081010101", validate.OK},
		{"permanent old, digits", validate.PermanentResidentOld, "1SA110081010101", validate.Form},
		{"credit", validate.CreditCode, "91350100M000100Y43", validate.OK},
		{"credit, check", validate.CreditCode, "91350100M000100Y44", validate.Check},
		{"credit, I", validate.CreditCode, "91350100I000100Y43", validate.Form},
		{"organisation", validate.OrganisationCode, "D2143569X", validate.OK},
		{"organisation, check", validate.OrganisationCode, "D21435690", validate.Check},
		{"card", validate.BankCard, "4111111111111111", validate.OK},
		{"card, check", validate.BankCard, "4111111111111112", validate.Check},
		{"card, issuer", validate.BankCard, "9111111111111111", validate.Form},
		{"iban", validate.IBAN, "GB82WEST12345698765432", validate.OK},
		{"iban, check", validate.IBAN, "GB83WEST12345698765432", validate.Check},
		{"imei", validate.IMEI, "490154203237518", validate.OK},
		{"imei, check", validate.IMEI, "490154203237519", validate.Check},
		{"iccid", validate.ICCID, "89014103211118510720", validate.OK},
		{"vin", validate.VIN, "1M8GDM9AXKP042788", validate.OK},
		{"vin, check", validate.VIN, "1M8GDM9A1KP042788", validate.Check},
		{"vin, O", validate.VIN, "1M8GDM9AXKPO42788", validate.Form},
		{"hong kong", validate.HongKongID, "A1234563", validate.OK},
		{"hong kong, check", validate.HongKongID, "A1234564", validate.Check},
		{"taiwan", validate.TaiwanID, "A123456789", validate.OK},
		{"taiwan, check", validate.TaiwanID, "A123456788", validate.Check},
		{"patent", validate.PatentApplication, "2023108834922", validate.OK},
		{"patent, kind", validate.PatentApplication, "2023508834921", validate.Form},
		{"isbn13", validate.ISBN, "9780306406157", validate.OK},
		{"isbn13, check", validate.ISBN, "9780306406158", validate.Check},
		{"isbn10", validate.ISBN, "0306406152", validate.OK},
		{"issn", validate.ISSN, "03785955", validate.OK},
		{"issn, check", validate.ISSN, "03785954", validate.Check},
		{"mrz", validate.MRZPassport, "L898902C36UTO7408122F1204159ZE184226B<<<<<10", validate.OK},
		{"mrz, check", validate.MRZPassport, "L898902C37UTO7408122F1204159ZE184226B<<<<<10", validate.Check},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := c.check(c.s); got != c.want {
				t.Errorf("%s: %v, want %v", c.s, got, c.want)
			}
		})
	}
}

// TestOneDigitWrong turns one digit of a right number and expects a fault: the
// weighted sums find every single substitution.
func TestOneDigitWrong(t *testing.T) {
	numbers := []struct {
		s     string
		check func(string) validate.Fault
	}{
		{"110101199003078515", validate.ResidentID},
		{"91350100M000100Y43", validate.CreditCode},
		{"D2143569X", validate.OrganisationCode},
		{"6217008439444621169", validate.BankCard},
		{"490154203237518", validate.IMEI},
		{"9780306406157", validate.ISBN},
		{"A1234563", validate.HongKongID},
	}
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.SampledFrom(numbers).Draw(t, "number")
		b := []byte(n.s)
		i := rapid.IntRange(0, len(b)-1).Draw(t, "place")
		if b[i] < '0' || b[i] > '9' {
			t.Skip("a letter")
		}
		b[i] = byte('0' + (int(b[i]-'0')+rapid.IntRange(1, 9).Draw(t, "shift"))%10)
		if n.check(string(b)) == validate.OK {
			t.Fatalf("%s passes like %s", b, n.s)
		}
	})
}

// TestAnyString hands every check any short string: none may panic.
func TestAnyString(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.StringMatching(`[0-9A-Z<a]{0,46}`).Draw(t, "s")
		for _, f := range []func(string) validate.Fault{
			validate.ResidentID, validate.ResidentID15, validate.PermanentResident, validate.PermanentResidentOld,
			validate.HongKongID, validate.TaiwanID, validate.CreditCode, validate.OrganisationCode, validate.BankCard,
			validate.IBAN, validate.IMEI, validate.ICCID, validate.VIN, validate.PatentApplication, validate.ISBN,
			validate.ISSN, validate.MRZPassport,
		} {
			f(s)
		}
		validate.Province(s)
	})
}
