package casefile_test

import (
	"path/filepath"
	"testing"

	"jinggao/app/casefile"
	"jinggao/app/submission"
)

func TestSample(t *testing.T) {
	dir := t.TempDir()
	c, err := casefile.CreateSample(dir)
	must(t, err)
	defer func() { _ = c.Close() }()
	rows, atts := c.Rows(), c.Attachments()
	if len(rows) != 5 || len(atts) != 4 {
		t.Fatalf("%d rows, %d attachments", len(rows), len(atts))
	}
	applicants := map[string]bool{}
	for _, r := range rows {
		applicants[r.Applicant] = true
	}
	if len(applicants) != 3 {
		t.Errorf("applicants %v", applicants)
	}
	if got := c.RowsOf(atts[0].ID); len(got) != 2 {
		t.Errorf("the first document belongs to %d rows", len(got))
	}
	if _, ok := c.CanUndo(); ok {
		t.Error("a new sample can be undone")
	}
	camp, err := submission.CampaignByID(c.Info().Campaign)
	must(t, err)
	kinds := map[submission.Kind]bool{}
	for _, p := range submission.Check(rows, c.Info().Header, camp) {
		kinds[p.Kind] = true
	}
	for _, k := range []submission.Kind{submission.KindPhone, submission.KindCategory, submission.KindTime, submission.KindDeadline, submission.KindNearDuplicate} {
		if !kinds[k] {
			t.Errorf("the sample shows no problem of kind %s", k)
		}
	}
	again, err := casefile.CreateSample(dir)
	must(t, err)
	defer func() { _ = again.Close() }()
	if filepath.Dir(again.Path()) == filepath.Dir(c.Path()) {
		t.Error("the second sample lies in the folder of the first")
	}
}
