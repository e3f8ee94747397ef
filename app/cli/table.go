package cli

import (
	"jinggao/app/submission"
	"jinggao/app/submission/tablechild"
)

// tableCmd is `table`. Exit 1: written, with errors reported.
type tableCmd struct {
	Out        string   `name:"out" required:""`
	Department string   `name:"department"`
	Contact    string   `name:"contact"`
	Phone      string   `name:"phone"`
	Campaign   string   `name:"campaign" hidden:""`
	Inputs     []string `arg:"" name:"文件" sep:"none"`
}

// Run merges filled-in tables into the official one.
func (c *tableCmd) Run(d *desk) error {
	campaign, err := submission.CampaignByID(c.Campaign)
	if err != nil {
		return wrongCall("%v", err)
	}
	inputs, err := c.files()
	if err != nil {
		return err
	}
	e, err := d.open(nil, nil)
	if err != nil {
		return err
	}
	defer func() { _ = e.Close() }()
	e.Warm(d.ctx)
	d.exit = submission.RunTable(d.ctx, submission.TableRun{
		Out: c.Out, Header: submission.Header{Department: c.Department, Contact: c.Contact, Phone: c.Phone}, Inputs: inputs,
		Campaign: campaign, Scan: e.ScanText, Read: tablechild.Reader(e),
	}, d.out, d.err)
	return nil
}

// files opens folders; what cannot be entered is a wrong call, so that no row is lost silently.
func (c *tableCmd) files() ([]string, error) {
	var out []string
	for x := range walk(c.Inputs, "") {
		if x.refused != nil {
			r := *x.refused
			r.What = x.path + "：" + r.What
			return nil, &r
		}
		out = append(out, x.path)
	}
	return out, nil
}
