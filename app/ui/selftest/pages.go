package selftest

import (
	"time"

	"jinggao/app/ui/keymap"
	"jinggao/app/ui/page"
	"jinggao/app/ui/widget/pageview"
)

// drawing is how long a page may take to be drawn.
const drawing = time.Minute

// lookAtPages leafs through the pages of a PDF, and looks at them beside those of the copy.
func (s *script) lookAtPages() {
	found := false
	s.ui(func() {
		s.w.Goto(page.Review)
		rv := s.w.Session().Review()
		for d, doc := range rv.Docs() {
			if items := rv.Items(d); doc.HasPages() && doc.Document.Pages > 1 && len(items) > 0 {
				found = true
				s.w.Review().Reload(doc.File, []string{items[0].Key()})
				s.w.Keys().Run("review.pages")
				break
			}
		}
	})
	s.need(found, "the sample has no PDF of two pages")
	left, right := s.w.Review().Pages(), s.w.Review().CleanPages()
	drawn := func(what string, command keymap.ID, views ...*pageview.View) {
		s.ui(func() {
			if command != "" {
				s.need(s.w.Keys().Run("review."+command), "%s cannot be run", command)
			}
		})
		s.until(what, drawing, func() bool {
			for _, v := range views {
				if !v.HasPicture() || v.Message() != "" {
					return false
				}
			}
			return true
		})
	}
	drawn("the first page", "", left)
	drawn("the second page", "nextpage", left)
	drawn("the page and that of the copy", "beside", left, right)
	drawn("the first page of both", "prevpage", left, right)
	drawn("the page of the copy alone", "preview", right)
	drawn("the page alone", "preview", left)
	s.ui(func() { s.w.Keys().Run("review.pages") })
	s.say("looked at the pages of a PDF and of its copy")
}
