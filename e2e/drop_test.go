//go:build e2e

package e2e

import (
	"fmt"
	"net/url"

	"github.com/jezek/xgb"
	"github.com/jezek/xgb/xproto"
)

// drag is the other side of a drop: a file manager that lets go of a file over the
// window. It speaks version 5 of the XDND protocol
// (freedesktop.org/wiki/Specifications/XDND).
type drag struct {
	*screen
	source, target xproto.Window
	atoms          map[string]xproto.Atom
	list           []byte // of what is dropped, as text/uri-list
}

// drop lets go of a file over the middle of the window and waits until it is taken.
func (d *desk) drop(path string) {
	d.Helper()
	target, _, _ := d.screen.window()
	g, err := newDrag(d.screen, target, path)
	if err != nil {
		d.Fatal(err)
	}
	middle := uint32(d.screen.size.X/2)<<16 | uint32(d.screen.size.Y/2)
	g.send("XdndEnter", 5<<24, uint32(g.atoms["text/uri-list"]))
	g.send("XdndPosition", 0, middle, xproto.TimeCurrentTime, uint32(g.atoms["XdndActionCopy"]))
	d.until("the window takes files", func() bool { return g.answered("XdndStatus") })
	g.send("XdndDrop", 0, xproto.TimeCurrentTime)
	d.until("the window took the file", func() bool { return g.answered("XdndFinished") })
}

func newDrag(s *screen, target xproto.Window, path string) (*drag, error) {
	g := &drag{screen: s, target: target, atoms: map[string]xproto.Atom{}}
	g.list = []byte((&url.URL{Scheme: "file", Path: path}).String() + "\r\n")
	for _, name := range []string{"XdndEnter", "XdndPosition", "XdndStatus", "XdndDrop", "XdndFinished", "XdndSelection", "XdndActionCopy", "text/uri-list"} {
		atom, err := s.atom(name)
		if err != nil {
			return nil, err
		}
		g.atoms[name] = atom
	}
	var err error
	if g.source, err = xproto.NewWindowId(s.conn); err != nil {
		return nil, fmt.Errorf("making a window to drag from: %w", err)
	}
	err = xproto.CreateWindowChecked(s.conn, 0, g.source, s.root, 0, 0, 1, 1, 0, xproto.WindowClassInputOnly, 0, 0, nil).Check()
	if err != nil {
		return nil, fmt.Errorf("making a window to drag from: %w", err)
	}
	err = xproto.SetSelectionOwnerChecked(s.conn, g.source, g.atoms["XdndSelection"], xproto.TimeCurrentTime).Check()
	if err != nil {
		return nil, fmt.Errorf("offering the dragged file: %w", err)
	}
	return g, nil
}

// send tells the target a step of the protocol; the first number is always the
// source.
func (g *drag) send(kind string, numbers ...uint32) {
	data := make([]uint32, 5)
	copy(data, append([]uint32{uint32(g.source)}, numbers...))
	event := xproto.ClientMessageEvent{
		Format: 32, Window: g.target, Type: g.atoms[kind], Data: xproto.ClientMessageDataUnionData32New(data),
	}
	xproto.SendEvent(g.conn, false, g.target, xproto.EventMaskNoEvent, string(event.Bytes()))
}

// answered hands over the file's name where it is asked for, and reports whether
// an answer of this kind has come that accepts it.
func (g *drag) answered(kind string) bool {
	for {
		event, err := g.conn.PollForEvent()
		if event == nil && err == nil {
			return false
		}
		if message, ok := event.(xproto.ClientMessageEvent); ok && message.Type == g.atoms[kind] {
			return message.Data.Data32[1] != 0 // GLFW says bytes where the protocol wants a bit
		}
		g.handOver(event)
	}
}

func (g *drag) handOver(event xgb.Event) {
	asked, ok := event.(xproto.SelectionRequestEvent)
	if !ok {
		return
	}
	xproto.ChangeProperty(g.conn, xproto.PropModeReplace, asked.Requestor, asked.Property, asked.Target, 8, uint32(len(g.list)), g.list)
	reply := xproto.SelectionNotifyEvent{
		Time: asked.Time, Requestor: asked.Requestor, Selection: asked.Selection, Target: asked.Target, Property: asked.Property,
	}
	xproto.SendEvent(g.conn, false, asked.Requestor, xproto.EventMaskNoEvent, string(reply.Bytes()))
}
