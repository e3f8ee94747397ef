package pdf

import (
	"bytes"
	"encoding/xml"
	"sort"
	"strings"
)

func sortStrings(s []string) { sort.Strings(s) }

// maxTokens bounds the tokens read from one packet of metadata.
const maxTokens = 200_000

// xmlText gives the texts, comments and attribute values of an XMP packet or a form; of a damaged one
// whatever came before the damage, and the raw text if there was nothing.
func xmlText(b []byte) []string {
	d := xml.NewDecoder(bytes.NewReader(b))
	d.Strict = false
	var out []string
	for range maxTokens {
		t, err := d.Token()
		if err != nil {
			break
		}
		switch v := t.(type) {
		case xml.CharData:
			out = append(out, strings.TrimSpace(string(v)))
		case xml.Comment:
			out = append(out, strings.TrimSpace(string(v)))
		case xml.StartElement:
			for _, a := range v.Attr {
				if a.Name.Space == "xmlns" || a.Name.Local == "xmlns" || dullAttribute[a.Name.Local] {
					continue
				}
				out = append(out, a.Value)
			}
		}
	}
	if len(out) == 0 && len(b) > 0 {
		out = append(out, string(bytes.ToValidUTF8(b, nil)))
	}
	return out
}

var dullAttribute = map[string]bool{
	"about": true, "xmptk": true, "lang": true, "parseType": true, "resource": true, "CreateDate": true,
	"ModifyDate": true, "MetadataDate": true, "DocumentID": true, "InstanceID": true,
}
