package doc

import (
	"jinggao/sanitize/format/fresh"
)

// Properties (sprm) of sections.
const (
	sprmSectBegin  = 0x3009
	sprmSectCols   = 0x500B
	sprmSectGap    = 0x900C
	sprmSectAnew   = 0x3011
	sprmSectNumber = 0x501C
	sprmHeadTop    = 0xB017
	sprmFootBottom = 0xB018
	sprmPageWide   = 0xB01F
	sprmPageHigh   = 0xB020
	sprmPageLeft   = 0xB021
	sprmPageRight  = 0xB022
	sprmPageTop    = 0x9023
	sprmPageBottom = 0x9024
	sprmGridKind   = 0x5032
	sprmGridPitch  = 0x9031
)

// section is a stretch of the main text with its pages.
type section struct {
	end  int // character position
	page fresh.Page
}

// readSections reads the sections of the main text.
func (f *File) readSections() {
	plc := f.pair(fibSections)
	n := (len(plc) - 4) / 16
	for i := range max(n, 0) {
		s := section{end: int(u32(plc, 4*(i+1))), page: fresh.Page{W: 12240, H: 15840, Top: 1440, Bottom: 1440, Left: 1800, Right: 1800, Head: 720, Foot: 720, Gap: 720}}
		at := int(int32(u32(plc, 4*(n+1)+12*i+2)))
		if at > 0 && at+2 <= len(f.main) {
			s.read(f.main[at+2 : min(len(f.main), at+2+u16(f.main, at))])
		}
		f.sections = append(f.sections, s)
	}
}

func (s *section) read(props []byte) {
	p := &s.page
	into := map[int]*int{
		sprmSectGap: &p.Gap, sprmHeadTop: &p.Head, sprmFootBottom: &p.Foot, sprmPageWide: &p.W, sprmPageHigh: &p.H,
		sprmPageLeft: &p.Left, sprmPageRight: &p.Right, sprmPageTop: &p.Top, sprmPageBottom: &p.Bottom, sprmGridPitch: &p.Grid,
	}
	grid, anew, number := 0, false, 0
	walkProps(props, func(sprm int, arg []byte) {
		if v := into[sprm]; v != nil {
			if *v = i16(arg, 0); *v < 0 && (sprm == sprmPageTop || sprm == sprmPageBottom) { // exactly, whatever the header
				*v = -*v
			}
			return
		}
		switch sprm {
		case sprmTitlePage:
			p.Title = arg[0] != 0
		case sprmSectBegin:
			p.Start = map[byte]fresh.PageMode{0: fresh.SamePage, 3: fresh.EvenPage, 4: fresh.OddPage}[arg[0]]
		case sprmSectCols:
			p.Columns = u16(arg, 0) + 1
		case sprmGridKind:
			grid = u16(arg, 0)
		case sprmSectAnew:
			anew = arg[0] != 0
		case sprmSectNumber:
			number = u16(arg, 0)
		}
	})
	if grid == 0 {
		p.Grid = 0
	}
	if anew {
		p.FirstNumber = max(1, number)
	}
}

// page is that of the last section.
func (f *File) page() fresh.Page {
	if n := len(f.sections); n > 0 {
		return f.sections[n-1].page
	}
	return fresh.Page{}
}

// titled tells whether the first page of a section has headers of its own.
func (f *File) titled(i int) bool { return i < len(f.sections) && f.sections[i].page.Title }
