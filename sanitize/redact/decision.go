// Package redact turns findings and the decisions of people into a plan. It
// never looks for anything itself.
package redact

import "time"

// Action is what a person decided about a finding, as in the decisions file.
type Action string

// Actions.
const (
	ActionMask       Action = "mask"
	ActionReplace    Action = "replace"
	ActionGeneralise Action = "generalise"
	ActionDelete     Action = "delete"
	ActionIgnore     Action = "ignore"     // leave it; needs a reason, for S1/S2 two persons
	ActionNotAMark   Action = "not-a-mark" // 认定非密级标志: corrects a finding; two persons and a reason
)

// Decision is one line of the decisions file.
type Decision struct {
	Fingerprint string    `json:"fingerprint"`
	Action      Action    `json:"action"`
	Text        string    `json:"text,omitempty"` // own words for replace
	Scope       string    `json:"scope,omitempty"`
	Reason      string    `json:"reason,omitempty"`
	By          string    `json:"by,omitempty"`
	Confirmed   string    `json:"confirmed,omitempty"` // the second person
	At          time.Time `json:"at,omitzero"`
}

// Valid tells whether the action is one of those above.
func (a Action) Valid() bool {
	switch a {
	case ActionMask, ActionReplace, ActionGeneralise, ActionDelete, ActionIgnore, ActionNotAMark:
		return true
	}
	return false
}
