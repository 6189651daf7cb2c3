package format

import (
	"bytes"
	"context"
	"errors"
	"io"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/unicode"
)

// readHead finds out how the content is packed and written, and reads its first
// bytes: of a gzipped file, of the one text in a ZIP archive (or SAS transport
// file, as NHANES packs them), and of UTF-16 as UTF-8. What is not text stays as it
// lies on disk.
func (in *Input) readHead() error {
	signature := make([]byte, 4)
	if _, err := in.content.ReadAt(signature, 0); err != nil && !errors.Is(err, io.EOF) {
		return openError(in.Path, err)
	}
	in.gzipped = signature[0] == 0x1f && signature[1] == 0x8b
	if bytes.Equal(signature, []byte("PK\x03\x04")) {
		in.member = in.onlyMember()
	}
	if err := in.peek(); err != nil {
		return err
	}
	if in.member != nil && !isText(in.Head) && utf16Of(in.Head) == nil && !magic("HEADER RECORD*******")(in.Head) {
		in.member = nil
		if err := in.peek(); err != nil {
			return err
		}
	}
	if in.charset = utf16Of(in.Head); in.charset == nil {
		return nil
	}
	raw := in.Head
	if err := in.peek(); err != nil {
		return err
	}
	odd := len(raw) < HeadSize && len(raw)%2 == 1 || !in.gzipped && in.member == nil && in.Size%2 == 1
	text := in.Head
	if odd { // the half character at the end
		text = bytes.TrimSuffix(text, []byte("\ufffd"))
	}
	switch {
	case !isText(text) || bytes.Contains(text, []byte("\ufffd")):
		in.charset, in.Head = nil, raw
	case odd:
		return in.fault("a text in UTF-16 with an odd number of bytes: half a character is missing", "the file is cut off or damaged; copy it again, or save it as CSV (UTF-8)")
	}
	return nil
}

// peek reads the head.
func (in *Input) peek() error {
	r, err := in.Content(context.Background())
	if err != nil {
		return err
	}
	head := make([]byte, HeadSize)
	n, err := io.ReadFull(r, head)
	if err != nil && !errors.Is(err, io.EOF) && !errors.Is(err, io.ErrUnexpectedEOF) {
		return in.readError(err)
	}
	if n == 0 {
		return emptyFile(in.Path)
	}
	in.Head = head[:n]
	return nil
}

// utf16Of returns the encoding of a text in UTF-16, nil where it is none: it has
// a byte order mark, or is Latin text with every second byte zero.
func utf16Of(head []byte) encoding.Encoding {
	n := min(len(head), 64) &^ 1
	var even, odd int
	for i := 0; i < n; i += 2 {
		if head[i] == 0 {
			even++
		}
		if head[i+1] == 0 {
			odd++
		}
	}
	switch enough := n >= 16; {
	case magic("\xff\xfe", "\xfe\xff")(head):
		return unicode.UTF16(unicode.LittleEndian, unicode.ExpectBOM)
	case enough && even == 0 && odd == n/2:
		return unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM)
	case enough && odd == 0 && even == n/2:
		return unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM)
	default:
		return nil
	}
}
