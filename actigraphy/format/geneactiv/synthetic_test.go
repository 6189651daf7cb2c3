package geneactiv_test

import (
	"bytes"
	"fmt"
	"strings"
	"time"
)

// made writes GENEActiv files as the maker's software does, and with faults.
type made struct {
	first  time.Time
	zone   string
	hertz  string        // as the file states it
	length time.Duration // of a page
	pages  int
	stated int
	notes  string
	change func(i int, p *madePage)
}

// madePage is a page before it is written.
type madePage struct {
	sequence int
	time     string
	hex      string
}

func madeFile(pages int) made {
	return made{
		first: time.Date(2024, 3, 9, 23, 59, 58, 500e6, time.UTC), zone: "GMT +05:30", hertz: "100.0",
		length: 3 * time.Second, pages: pages, stated: pages, notes: "none",
	}
}

const gains = "x gain:25875\r\nx offset:439\r\ny gain:25734\r\ny offset:-662\r\nz gain:25538\r\nz offset:-3056\r\nVolts:300\r\nLux:800\r\n"

func (m made) bytes() []byte {
	var b bytes.Buffer
	fmt.Fprintf(&b, "Device Identity\r\nDevice Unique Serial Code:012967\r\nDevice Type:GENEActiv           \r\nDevice Model:1.1   \r\n\r\n"+
		"Device Capabilities\r\nAccelerometer Range:-8 to 8   \r\n\r\n"+
		"Configuration Info\r\nMeasurement Frequency:%s Hz\r\nTime Zone:%s\r\n\r\n"+
		"Subject Info\r\nDevice Location Code:Left Wrist\r\nSubject Code:P07\x00\x00\x00\r\nSubject Notes:%s\r\n\r\n"+
		"Calibration Data\r\n%s\r\nMemory Status\r\nNumber of Pages:%d\r\n\r\n", m.hertz, m.zone, m.notes, gains, m.stated)
	for i := range m.pages {
		p := madePage{sequence: i, time: m.first.Add(time.Duration(i) * m.length).Format("2006-01-02 15:04:05.000"), hex: samples(i * 300)}
		p.time = strings.Replace(p.time, ".", ":", 1)
		if m.change != nil {
			m.change(i, &p)
		}
		fmt.Fprintf(&b, "Recorded Data\r\nDevice Unique Serial Code:012967\r\nSequence Number:%d\r\nPage Time:%s\r\nUnassigned:\r\n"+
			"Temperature:%.1f\r\nBattery voltage:4.1\r\nDevice Status:Recording\r\nMeasurement Frequency:%s\r\n%s\r\n",
			p.sequence, p.time, 20+float64(i%10)/10, m.hertz, p.hex)
	}
	return b.Bytes()
}

// truth is sample n in raw units: x, y, z, light and the button.
func truth(n int) [5]int { return [5]int{n%4096 - 2048, n%11 - 5, -n % 500, n % 1024, n / 1000 % 2} }

func samples(first int) string {
	var b strings.Builder
	for n := first; n < first+300; n++ {
		v := truth(n)
		fmt.Fprintf(&b, "%03X%03X%03X%03X", v[0]&0xfff, v[1]&0xfff, v[2]&0xfff, v[3]<<2|v[4]<<1)
	}
	return b.String()
}

// want is sample n in g.
func want(n int) [3]float64 {
	v := truth(n)
	return [3]float64{
		(float64(v[0])*100 - 439) / 25875, (float64(v[1])*100 + 662) / 25734, (float64(v[2])*100 + 3056) / 25538,
	}
}
