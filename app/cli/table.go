package cli

// tableCmd is `table`. Exit 1: written, with errors reported.
type tableCmd struct {
	Out        string   `name:"out" required:""`
	Department string   `name:"department"`
	Contact    string   `name:"contact"`
	Phone      string   `name:"phone"`
	Inputs     []string `arg:"" optional:"" name:"文件" sep:"none"`
}

// Run merges filled-in tables into the official one.
func (c *tableCmd) Run(*desk) error {
	return wrongCall("本版本尚无此功能")
}
