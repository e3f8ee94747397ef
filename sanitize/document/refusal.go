package document

// Refusal is why a file was not read or not written, in the three lines that
// people are shown. It is an error; errors.As finds it through wrapping.
type Refusal struct {
	What   string `json:"what"`             // what happened: 文件已加密，无法读取
	Why    string `json:"why,omitempty"`    // likely cause
	Do     string `json:"do,omitempty"`     // what to do: 请用 WPS 取消密码后另存
	Detail string `json:"detail,omitempty"` // technical, never document text
}

// Error gives the refusal as one Chinese line.
func (r *Refusal) Error() string {
	s := r.What
	if r.Why != "" {
		s += "：" + r.Why
	}
	if r.Do != "" {
		s += "。" + r.Do
	}
	return s
}
