package document

// Source is an untrusted file in memory. Readers never touch the disk.
type Source struct {
	Name string // base name as given (its extension may lie about the content)
	Data []byte
}
