package plots

// around returns the height that words take around a chart's panels, in points: its
// title, its legend and what stands below it.
func around(l Labels, keys func(*page) []key, s Style) float64 {
	p := &page{em: s.FontPt, w: s.WidthMM * ptPerMM}
	width := p.w - 2*margin*p.em
	high := (2*margin + gap) * p.em
	if l.Heading != "" && !s.HideTitle {
		high += titleSize * lineHeight * p.em
	}
	if l.Demo {
		high += captionSize * lineHeight * p.em
	}
	high += float64(len(wrap(clean(l.Caption), width, captionSize*p.em))) * captionSize * lineHeight * p.em
	return high + p.keyRows(keys(p), width, nil) + gap*p.em
}
