package main

import (
	"errors"
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"circascope/app"
	"circascope/models"
)

func (c *cli) healthCommand() *cobra.Command {
	var model string
	var demo, accept bool
	cmd := &cobra.Command{
		Use:   "health",
		Short: "Load a model, embed fixed inputs, and compare the answers with their fingerprint",
		Long: `Load a model, embed fixed inputs, and compare the answers with the fingerprint
that was taken when the weights were approved. Where they differ nothing is
embedded with these weights. After a change that you made, for example of
TensorFlow's version, --accept takes the answers of now as the fingerprint and
notes which one they replace; it is refused where nothing changed, since then
the device or the memory is at fault.`,
		Args: nothing,
		RunE: func(cmd *cobra.Command, _ []string) error {
			sizes := models.Sizes()
			if model != "" {
				var err error
				if sizes, err = parseSizes(model); err != nil {
					return usageError{err}
				}
			}
			if accept && len(sizes) != 1 {
				return usageError{errors.New("--accept needs --model with one size")}
			}
			wb, err := c.workbench()
			if err != nil {
				return err
			}
			defer wb.Close()
			h := wb.Health(cmd.Context(), app.HealthOptions{Sizes: sizes, AllowDemo: demo, Accept: accept})
			c.noteLatencyProblem(wb)
			if err := c.show(h, func(w io.Writer) error { return printHealth(w, h) }); err != nil {
				return err
			}
			return partly(h.Error != "")
		},
	}
	cmd.Flags().StringVar(&model, "model", "", "S, M or L (default: the smallest that has weights)")
	cmd.Flags().BoolVar(&demo, "demo", false, "allow the demo weights that ship with the program")
	cmd.Flags().BoolVar(&accept, "accept", false, "accept another answer than the fingerprint's, where something changed that explains it; needs --model")
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
	difference := ""
	if h.Fingerprint == "matched" {
		difference = fmt.Sprintf(" (%d inputs, %s; taken %s)", h.Check.Inputs, apart(*h.Check), h.Check.TakenAt)
	}
	_, err := fmt.Fprintf(w, "%s: PAT-%s (%s) gives %d features on the %s; fingerprint %s%s\n",
		h.Status, h.Model, h.State, h.Features, h.Device, h.Fingerprint, difference)
	return err
}

// apart says how far answers are from their fingerprint.
func apart(c models.Check) string {
	if c.Difference == 0 {
		return "the same bits"
	}
	return fmt.Sprintf("%.2g apart, %.2g may be", c.Difference, c.Tolerance)
}
