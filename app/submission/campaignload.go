package submission

import (
	"bytes"
	"fmt"
	"io/fs"
	"sort"
	"strings"
	"unicode/utf8"

	"github.com/pelletier/go-toml/v2"

	"jinggao/assets"
	"jinggao/sanitize/rule/tomlfault"
)

// maxCampaign is the largest campaign file that is read, in bytes.
const maxCampaign = 1 << 20

// CampaignError lists what is wrong with a campaign file, for the person who wrote it.
type CampaignError struct{ Faults []CampaignFault }

// CampaignFault is one thing wrong with a campaign file.
type CampaignFault struct {
	Line int    // from 1; 0 where no line is to blame
	Text string // Chinese
}

// Error gives the faults one a line: 第 12 行：邮箱写法不对.
func (e *CampaignError) Error() string {
	var out []string
	for _, f := range e.Faults {
		if f.Line > 0 {
			out = append(out, fmt.Sprintf("第 %d 行：%s", f.Line, f.Text))
		} else {
			out = append(out, f.Text)
		}
	}
	return strings.Join(out, "\n")
}

// LoadCampaign reads and validates a campaign file. The error is a *CampaignError that
// lists everything that is wrong with it.
func LoadCampaign(data []byte) (*Campaign, error) {
	one := func(text string) (*Campaign, error) {
		return nil, &CampaignError{[]CampaignFault{{0, text}}}
	}
	if len(data) > maxCampaign {
		return one("文件过大，不是活动文件")
	}
	data = bytes.TrimPrefix(data, []byte("\uFEFF")) // as 记事本 saves it
	if !utf8.Valid(data) {
		return one("文件不是 UTF-8 编码，请在编辑器中另存为 UTF-8")
	}
	var c Campaign
	d := toml.NewDecoder(bytes.NewReader(data))
	d.DisallowUnknownFields()
	if err := d.Decode(&c); err != nil {
		return nil, &CampaignError{decodeFaults(err)}
	}
	if faults := c.validate(); len(faults) > 0 {
		where := lineIndex(string(data))
		e := &CampaignError{}
		for _, f := range faults {
			e.Faults = append(e.Faults, CampaignFault{where.of(f.path), f.text})
		}
		sort.SliceStable(e.Faults, func(i, j int) bool { return e.Faults[i].Line < e.Faults[j].Line })
		return nil, e
	}
	if c.Short == "" {
		c.Short = c.Name
	}
	return &c, nil
}

// decodeFaults says in Chinese what the TOML reader refused.
func decodeFaults(err error) []CampaignFault {
	var out []CampaignFault
	for _, f := range tomlfault.Of(err) {
		out = append(out, CampaignFault{f.Line, f.Text})
	}
	return out
}

// CampaignFile is a campaign with the text it was read from.
type CampaignFile struct {
	*Campaign
	Text string
}

// BuiltInCampaigns loads every built-in campaign, newest first.
func BuiltInCampaigns() ([]CampaignFile, error) {
	dir := assets.Campaigns()
	names, err := fs.Glob(dir, "*.toml")
	if err != nil {
		return nil, fmt.Errorf("list campaigns: %w", err)
	}
	var out []CampaignFile
	for _, n := range names {
		b, err := fs.ReadFile(dir, n)
		if err != nil {
			return nil, fmt.Errorf("read campaign %s: %w", n, err)
		}
		c, err := LoadCampaign(b)
		if err != nil {
			return nil, fmt.Errorf("campaign %s: %w", n, err)
		}
		out = append(out, CampaignFile{c, string(b)})
	}
	SortCampaigns(out)
	return out, nil
}

// SortCampaigns puts campaigns into the order of choices: newest first.
func SortCampaigns(all []CampaignFile) {
	sort.SliceStable(all, func(i, j int) bool {
		if all[i].Year != all[j].Year {
			return all[i].Year > all[j].Year
		}
		return all[i].ID < all[j].ID
	})
}

// Campaigns lists the built-in campaigns, newest first.
func Campaigns() ([]*Campaign, error) {
	files, err := BuiltInCampaigns()
	if err != nil {
		return nil, err
	}
	out := make([]*Campaign, len(files))
	for i := range files {
		out[i] = files[i].Campaign
	}
	return out, nil
}

// CampaignByID returns the built-in campaign with the given ID; "" is the newest.
func CampaignByID(id string) (*Campaign, error) {
	all, err := Campaigns()
	if err != nil {
		return nil, err
	}
	for _, c := range all {
		if id == "" || c.ID == id {
			return c, nil
		}
	}
	return nil, fmt.Errorf("没有名为“%s”的活动", id)
}
