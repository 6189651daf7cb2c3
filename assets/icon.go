package assets

import _ "embed"

// Icon is the program's icon as PNG, 256 by 256 pixels, drawn in icon.svg.
//
//go:embed icon.png
var Icon []byte
