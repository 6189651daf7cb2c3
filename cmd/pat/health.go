package main

import (
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"circascope/app"
	"circascope/models"
)

func (c *cli) healthCommand() *cobra.Command {
	var model string
	var demo bool
	cmd := &cobra.Command{
		Use:   "health",
		Short: "Load a model, embed a fixed week, and compare it with its fingerprint",
		Args:  nothing,
		RunE: func(cmd *cobra.Command, _ []string) error {
			sizes := models.Sizes()
			if model != "" {
				var err error
				if sizes, err = parseSizes(model); err != nil {
					return usageError{err}
				}
			}
			wb, err := c.workbench()
			if err != nil {
				return err
			}
			defer wb.Close()
			h := wb.Health(cmd.Context(), sizes, demo)
			c.noteLatencyProblem(wb)
			if err := c.show(h, func(w io.Writer) error { return printHealth(w, h) }); err != nil {
				return err
			}
			return partly(h.Error != "")
		},
	}
	cmd.Flags().StringVar(&model, "model", "", "S, M or L (default: the smallest that has weights)")
	cmd.Flags().BoolVar(&demo, "demo", false, "allow the demo weights that ship with the program")
	return cmd
}

func printHealth(w io.Writer, h app.Health) error {
	if err := printOutcome(w, h); err != nil || h.Latency == nil {
		return err
	}
	return printLatency(w, *h.Latency)
}

func printOutcome(w io.Writer, h app.Health) error {
	if h.Error != "" {
		_, err := fmt.Fprintf(w, "%s: %s\n", h.Status, h.Error)
		return err
	}
	if h.DeviceNote != "" {
		h.Device += " (" + h.DeviceNote + ")"
	}
	_, err := fmt.Fprintf(w, "%s: PAT-%s (%s) gives %d features on the %s; fingerprint %s\n",
		h.Status, h.Model, h.State, h.Features, h.Device, h.Fingerprint)
	return err
}
