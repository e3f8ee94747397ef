package document

import "errors"

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

// AsRefusal finds the refusal in err, or makes one for an unexpected error. Its
// Detail is the error text, which by the rules of this program holds no document text.
func AsRefusal(err error) *Refusal {
	var r *Refusal
	if errors.As(err, &r) {
		return r
	}
	return &Refusal{What: "文件无法读取", Why: "文件已损坏，或内容与格式不符", Do: "请用 WPS 或 Office 打开后另存，再重新检查", Detail: err.Error()}
}
