package plots

import (
	"bytes"
	"encoding/binary"
	"hash/crc32"
	"image"
	"image/png"
	"io"
	"math"
)

// pngHead is the length of what every PNG begins with: its signature and the
// IHDR chunk (length, name, 13 bytes, checksum).
const pngHead = 8 + 4 + 4 + 13 + 4

// encodePNG writes an image with its resolution in a pHYs chunk and its words in
// iTXt chunks, which image/png cannot. Chunks that precede the pixels may stand
// right after IHDR (PNG specification, 3rd edition, 5.6).
func encodePNG(w io.Writer, img image.Image, dpi float64, title, description string) error {
	var b bytes.Buffer
	if err := png.Encode(&b, img); err != nil {
		return err
	}
	var extra bytes.Buffer
	perMetre := uint32(math.Round(dpi / mmPerInch * 1000))
	density := binary.BigEndian.AppendUint32(nil, perMetre)
	density = binary.BigEndian.AppendUint32(density, perMetre)
	writeChunk(&extra, "pHYs", append(density, 1)) // 1: the unit is the metre
	if title != "" {
		writeChunk(&extra, "iTXt", internationalText("Title", title))
	}
	if description != "" {
		writeChunk(&extra, "iTXt", internationalText("Description", description))
	}
	for _, part := range [][]byte{b.Bytes()[:pngHead], extra.Bytes(), b.Bytes()[pngHead:]} {
		if _, err := w.Write(part); err != nil {
			return err
		}
	}
	return nil
}

func writeChunk(b *bytes.Buffer, name string, data []byte) {
	b.Write(binary.BigEndian.AppendUint32(nil, uint32(len(data))))
	body := append([]byte(name), data...)
	b.Write(body)
	b.Write(binary.BigEndian.AppendUint32(nil, crc32.ChecksumIEEE(body)))
}

// internationalText is the body of an uncompressed iTXt chunk without language.
func internationalText(keyword, s string) []byte {
	return append([]byte(keyword+"\x00\x00\x00\x00\x00"), s...)
}
