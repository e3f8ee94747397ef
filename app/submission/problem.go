package submission

// Level is how much a problem weighs.
type Level string

// Levels of problems. An error should be mended before the table is sent; a
// warning is for a person to look at.
const (
	Error   Level = "error"
	Warning Level = "warning"
)

// Kind names what is wrong, for filters and tests.
type Kind string

// Kinds of problems.
const (
	KindMissing       Kind = "missing"        // a field is empty
	KindCategory      Kind = "category"       // no category of this campaign
	KindTwoCategories Kind = "two_categories" // the same achievement under two categories
	KindDuplicate     Kind = "duplicate"      // the same applicant and title twice
	KindNearDuplicate Kind = "near_duplicate" // nearly the same
	KindDeadline      Kind = "deadline"       // after the deadline
	KindOutOfRange    Kind = "out_of_range"   // before the campaign, or no such day
	KindTime          Kind = "time"           // no day given
	KindPhone         Kind = "phone"          // not the shape of a phone number
	KindApplicant     Kind = "applicant"      // not a full name
	KindLong          Kind = "long"           // longer than the table bears
	KindText          Kind = "text"           // control characters, line breaks, formula-like text
	KindPrevious      Kind = "previous_award" // like an achievement that won before
	KindSensitive     Kind = "sensitive"      // the engine found something
	KindHeader        Kind = "header"         // the line above the table
	KindNoTable       Kind = "no_table"       // a file or sheet without such a table or without rows
	KindHiddenSheet   Kind = "hidden_sheet"   // a hidden sheet, or hidden rows
	KindOldSheet      Kind = "old_sheet"      // a sheet of an earlier year
	KindSkipped       Kind = "skipped"        // a line of a file that was not taken over
	KindMerged        Kind = "merged"         // an exact repetition that was merged
	KindCondition     Kind = "condition"      // the description speaks against a condition of the category
	KindNoFiles       Kind = "no_files"       // a row without attachments
	KindNoRow         Kind = "no_row"         // an attachment without a row
)

// Problem is one thing that is wrong with a row, the line above the table, or a
// file that was read. Message never quotes an identity number or a secret in full.
type Problem struct {
	RowID   string `json:"row_id,omitempty"` // "" where it is not about one row
	Other   string `json:"other,omitempty"`  // the other row of a repetition
	Column  Column `json:"column,omitempty"` // "" where it is about the whole row
	Level   Level  `json:"level"`
	Kind    Kind   `json:"kind"`
	Message string `json:"message"`        // Chinese
	Mend    string `json:"mend,omitempty"` // what a click would put into the cell; "" if nobody knows
	Rule    string `json:"rule,omitempty"` // engine rule, for KindSensitive
	// Fingerprint is the finding's, for KindSensitive: decisions are kept under it.
	Fingerprint string `json:"fingerprint,omitempty"`
	Source      Source `json:"source,omitzero"` // where the row or the remark came from
	Title       string `json:"title,omitempty"` // title of the row, to recognise it by
}

// CountErrors counts the problems at level error.
func CountErrors(ps []Problem) int {
	n := 0
	for i := range ps {
		if ps[i].Level == Error {
			n++
		}
	}
	return n
}
