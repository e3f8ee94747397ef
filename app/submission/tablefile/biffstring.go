package tablefile

import (
	"encoding/binary"
	"unicode/utf16"
)

// shortString reads n characters behind a length of size bytes and a flag byte.
func shortString(d []byte, n, size int) (string, bool) {
	if len(d) < size+1 {
		return "", false
	}
	wide := d[size]&1 != 0
	d = d[size+1:]
	if wide {
		n = min(n, len(d)/2)
		us := make([]uint16, n)
		for i := range us {
			us[i] = binary.LittleEndian.Uint16(d[2*i:])
		}
		return string(utf16.Decode(us)), true
	}
	n = min(n, len(d))
	rs := make([]rune, n)
	for i := range rs {
		rs[i] = rune(d[i])
	}
	return string(rs), true
}

// segmented reads through the continuations of a record.
type segmented struct {
	segs [][]byte
	seg  int
	at   int
	bad  bool
}

func (s *segmented) bytes(n int) []byte {
	out := make([]byte, 0, min(n, 1<<16))
	for n > 0 {
		if s.seg >= len(s.segs) {
			s.bad = true
			return out
		}
		have := s.segs[s.seg][s.at:]
		if len(have) == 0 {
			s.seg, s.at = s.seg+1, 0
			continue
		}
		k := min(n, len(have))
		out = append(out, have[:k]...)
		s.at += k
		n -= k
	}
	return out
}

func (s *segmented) u16() int { return u16(s.bytes(2), 0) }

// chars reads n characters; at the edge of a segment a new flag byte says whether
// they go on wide or narrow.
func (s *segmented) chars(n int, wide bool) string {
	var us []uint16
	for n > 0 && !s.bad {
		if s.seg < len(s.segs) && s.at == len(s.segs[s.seg]) {
			s.seg, s.at = s.seg+1, 0
			if s.seg >= len(s.segs) || len(s.segs[s.seg]) == 0 {
				s.bad = true
				break
			}
			wide = s.segs[s.seg][0]&1 != 0
			s.at = 1
		}
		if s.seg >= len(s.segs) {
			s.bad = true
			break
		}
		have := s.segs[s.seg][s.at:]
		if wide {
			k := min(n, len(have)/2)
			if k == 0 {
				s.bad = true
				break
			}
			for i := range k {
				us = append(us, binary.LittleEndian.Uint16(have[2*i:]))
			}
			s.at += 2 * k
			n -= k
			continue
		}
		k := min(n, len(have))
		for i := range k {
			us = append(us, uint16(have[i]))
		}
		s.at += k
		n -= k
	}
	return string(utf16.Decode(us))
}

// sst reads the shared strings; rich text and phonetic guides are stepped over.
func (b *biff) sst(r *record) error {
	s := &segmented{segs: r.segs}
	s.bytes(4)
	total := int(u32(s.bytes(4), 0))
	if total < 0 || total > maxRows*64 {
		return errTooLarge()
	}
	for range total {
		n := s.u16()
		flags := s.bytes(1)
		if s.bad || len(flags) == 0 {
			return errDamaged("shared strings cut off")
		}
		runs, ext := 0, 0
		if flags[0]&8 != 0 {
			runs = s.u16()
		}
		if flags[0]&4 != 0 {
			ext = int(u32(s.bytes(4), 0))
		}
		text := s.chars(n, flags[0]&1 != 0)
		if runs > 0 {
			s.bytes(4 * runs)
		}
		if ext > 0 && ext < 1<<24 {
			s.bytes(ext)
		}
		if s.bad {
			return errDamaged("shared strings cut off")
		}
		b.strings = append(b.strings, text)
	}
	return nil
}
