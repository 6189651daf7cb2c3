//go:build e2e

package e2e

import (
	"fmt"
	"image"
	"io"
	"strings"
	"time"

	"github.com/jezek/xgb"
	"github.com/jezek/xgb/xproto"
)

// screen is the X screen that the window is on.
type screen struct {
	conn *xgb.Conn
	root xproto.Window
	size image.Point
}

// connect tries again for a while: a server whose last client has just left
// starts over, and hangs up on whoever comes meanwhile.
func connect() (conn *xgb.Conn, err error) {
	for deadline := time.Now().Add(patience); time.Now().Before(deadline); time.Sleep(100 * time.Millisecond) {
		if conn, err = xgb.NewConn(); err == nil {
			return conn, nil
		}
	}
	return nil, err
}

// openScreen connects to the screen that DISPLAY names, and keeps keys from
// repeating: on a busy machine a key is held for long.
func openScreen() (*screen, error) {
	xgb.Logger.SetOutput(io.Discard) // what matters comes as an error
	conn, err := connect()
	if err != nil {
		return nil, fmt.Errorf("connecting to the screen: %w", err)
	}
	s := xproto.Setup(conn).DefaultScreen(conn)
	err = xproto.ChangeKeyboardControlChecked(conn, xproto.KbAutoRepeatMode, []uint32{xproto.AutoRepeatModeOff}).Check()
	if err != nil {
		conn.Close()
		return nil, fmt.Errorf("turning off the repetition of keys: %w", err)
	}
	return &screen{conn: conn, root: s.Root, size: image.Pt(int(s.WidthInPixels), int(s.HeightInPixels))}, nil
}

// shot takes a picture of the screen.
func (s *screen) shot() (*image.RGBA, error) {
	reply, err := xproto.GetImage(s.conn, xproto.ImageFormatZPixmap, xproto.Drawable(s.root), 0, 0, uint16(s.size.X), uint16(s.size.Y), ^uint32(0)).Reply()
	if err != nil {
		return nil, fmt.Errorf("taking a screenshot: %w", err)
	}
	picture := image.NewRGBA(image.Rectangle{Max: s.size})
	if len(reply.Data) != len(picture.Pix) {
		return nil, fmt.Errorf("a screenshot of %v has %d bytes, want 4 a pixel: use a screen of 24 bits", s.size, len(reply.Data))
	}
	for i := 0; i < len(picture.Pix); i += 4 {
		picture.Pix[i], picture.Pix[i+1], picture.Pix[i+2], picture.Pix[i+3] = reply.Data[i+2], reply.Data[i+1], reply.Data[i], 255
	}
	return picture, nil
}

// window finds the program's window among those that are visible. Without a window
// manager it lies directly on the root.
func (s *screen) window() (id xproto.Window, title string, found bool) {
	tree, err := xproto.QueryTree(s.conn, s.root).Reply()
	if err != nil {
		return 0, "", false
	}
	for _, w := range tree.Children {
		attributes, err := xproto.GetWindowAttributes(s.conn, w).Reply()
		if err != nil || attributes.MapState != xproto.MapStateViewable {
			continue
		}
		if title := s.title(w); strings.HasSuffix(title, "Circascope") {
			return w, title, true
		}
	}
	return 0, "", false
}

func (s *screen) title(w xproto.Window) string {
	reply, err := xproto.GetProperty(s.conn, false, w, xproto.AtomWmName, xproto.GetPropertyTypeAny, 0, 256).Reply()
	if err != nil {
		return ""
	}
	return string(reply.Value)
}

// focus gives the window the keyboard.
func (s *screen) focus(w xproto.Window) error {
	reply, err := xproto.GetInputFocus(s.conn).Reply()
	if err != nil || reply.Focus == w {
		return err
	}
	return xproto.SetInputFocusChecked(s.conn, xproto.InputFocusParent, w, xproto.TimeCurrentTime).Check()
}

// atom returns the number of a name.
func (s *screen) atom(name string) (xproto.Atom, error) {
	reply, err := xproto.InternAtom(s.conn, false, uint16(len(name)), name).Reply()
	if err != nil {
		return 0, fmt.Errorf("asking for the atom %s: %w", name, err)
	}
	return reply.Atom, nil
}
