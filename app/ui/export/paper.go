package export

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"

	"jinggao/app/report"
	"jinggao/app/submission"
	"jinggao/sanitize"
	"jinggao/sanitize/document"
	"jinggao/sanitize/manifest"
)

// paper writes lists, letters, the record of decisions and the report.
func (j *Job) paper(ctx context.Context, out, in string, res *Result, log *manifest.Log) error {
	for _, s := range j.skips {
		res.Failures = append(res.Failures, Failure{Name: s.Name, What: "未生成副本", Why: s.Why, Do: s.Do})
		log.Refuse(s.Name, s.Why)
		j.outputs[s.ID] = report.Output{Refused: &document.Refusal{What: "未生成副本", Why: s.Why, Do: s.Do}}
	}
	if err := log.Write(in); err != nil {
		return fmt.Errorf("write lists: %w", err)
	}
	if err := sanitize.Rename(filepath.Join(in, manifest.PublicName), filepath.Join(out, manifest.PublicName)); err != nil {
		return fmt.Errorf("move the public list: %w", err)
	}
	if err := j.record(in); err != nil {
		return err
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	if err := j.internal(in); err != nil {
		return err
	}
	return j.report(in, res)
}

// internal writes the table with partners, notes and sources, which stays in the
// office.
func (j *Job) internal(dir string) error {
	t := submission.Table{Campaign: j.camp, Header: j.header, Rows: j.rows, Internal: true, States: j.states}
	return writeNew(filepath.Join(dir, Table+"（内部）.xlsx"), func(f *os.File) error { return submission.ExportXLSX(f, t) })
}

// report writes the 审查报告, and a 提示单 for each file that is 整件移出.
func (j *Job) report(dir string, res *Result) error {
	input, err := report.FromCase(j.c, j.camp, j.outputs, j.engine.ScanText)
	if err != nil {
		return fmt.Errorf("gather the report: %w", err)
	}
	j.byHand(&input)
	input.Program, input.Rules, input.At = j.facts.Version, j.facts.RulesVersion+" "+j.facts.RulesDigest, j.now()
	input.Adjustments = j.facts.Adjustments
	if err := writeNew(filepath.Join(dir, Report), func(f *os.File) error { return report.WriteXLSX(f, input) }); err != nil {
		return err
	}
	for i := range input.Files {
		f := input.Files[i]
		if len(f.Withdrawn()) == 0 {
			continue
		}
		letters := filepath.Join(dir, Letters)
		if err := os.MkdirAll(letters, 0o755); err != nil {
			return folderRefusal(err)
		}
		name := fmt.Sprintf("%02d_%s_提示单.docx", i+1, fileName(f.Attachment.Name))
		if err := writeNew(filepath.Join(letters, name), func(w *os.File) error { return report.WriteWithdrawal(w, input, f) }); err != nil {
			return err
		}
		res.Letters++
	}
	return nil
}

// byHand adds the places that people marked to the findings of their files.
func (j *Job) byHand(in *report.Input) {
	for _, f := range j.files {
		for i := range in.Files {
			if in.Files[i].Attachment.ID == f.att.ID && in.Files[i].Scan != nil && len(in.Files[i].Scan.Files) > 0 {
				fs := &in.Files[i].Scan.Files[0].Findings
				*fs = append(*fs, f.added...)
				*fs = append(*fs, f.drawn...)
				for k := range *fs {
					(*fs)[k].Suggest = j.names.Text((*fs)[k].Text, (*fs)[k].Suggest)
				}
			}
		}
	}
}

// record writes the decisions file of the contract.
func (j *Job) record(dir string) error {
	return writeNew(filepath.Join(dir, Record), func(w *os.File) error {
		enc := json.NewEncoder(w)
		enc.SetEscapeHTML(false)
		for _, f := range j.files {
			for _, d := range f.decisions {
				if err := enc.Encode(d); err != nil {
					return fmt.Errorf("encode decision: %w", err)
				}
			}
		}
		return nil
	})
}
