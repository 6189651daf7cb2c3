package format

import "bytes"

// split cuts a line at sep into fields without the white space around them. A
// field in double quotes may hold the separator. Runs of spaces are one
// separator where sep is a space. It reports false where a quote is not closed.
// fields is used again.
func split(line []byte, sep byte, fields [][]byte) ([][]byte, bool) {
	fields = fields[:0]
	if sep == ' ' {
		line = bytes.TrimSpace(line)
	}
	for {
		if len(line) > 0 && line[0] == '"' {
			field, rest, ok := quotedField(line, sep)
			if !ok {
				return fields, false
			}
			fields = append(fields, field)
			if rest == nil {
				return fields, true
			}
			line = rest
			continue
		}
		i := bytes.IndexByte(line, sep)
		if i < 0 {
			return append(fields, trim(line)), true
		}
		fields = append(fields, trim(line[:i]))
		line = line[i+1:]
		if sep == ' ' {
			line = bytes.TrimLeft(line, " ")
		}
	}
}

// quotedField takes a field in double quotes from the front. rest is nil where
// the line ends behind it.
func quotedField(line []byte, sep byte) (field, rest []byte, ok bool) {
	line = line[1:]
	doubled := false
	end := 0
	for {
		i := bytes.IndexByte(line[end:], '"')
		if i < 0 {
			return nil, nil, false
		}
		end += i
		if end+1 >= len(line) || line[end+1] != '"' {
			break
		}
		doubled = true
		end += 2
	}
	field, rest = line[:end], trim(line[end+1:])
	if doubled {
		field = bytes.ReplaceAll(field, []byte(`""`), []byte(`"`))
	}
	switch {
	case len(rest) == 0:
		return trim(field), nil, true
	case rest[0] == sep:
		return trim(field), rest[1:], true
	default:
		return nil, nil, false
	}
}

// trim is bytes.TrimSpace for the common case of nothing to trim.
func trim(b []byte) []byte {
	if n := len(b); n == 0 || b[0] > ' ' && b[0] < 0x80 && b[n-1] > ' ' && b[n-1] < 0x80 {
		return b
	}
	return bytes.TrimSpace(b)
}
