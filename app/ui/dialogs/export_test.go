package dialogs

import "jinggao/app/ui/safe"

// RunHere makes file dialogs block the caller, so that a test needs no waiting.
func (d *Dialogs) RunHere() {
	d.start = func(work string, f func(), report func(error)) {
		if err := safe.Run(work, f); err != nil {
			report(err)
		}
	}
}
