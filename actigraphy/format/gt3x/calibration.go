package gt3x

import (
	"encoding/json"
	"fmt"
	"math"
	"strings"
)

// Steps for 1 g of the devices that do not name them, by the beginning of their
// serial numbers: GT3X+ and ActiSleep+ (6 g), and what came after them (8 g).
const (
	stepsGT3XPlus = 341
	stepsLater    = 256
)

func stepsOf(serial string) (float64, bool) {
	switch serial[:min(3, len(serial))] {
	case "NEO", "CLE", "MRA":
		return stepsGT3XPlus, true
	case "MOS", "TAS":
		return stepsLater, true
	default:
		return 0, false
	}
}

// settle chooses the scale: of info.txt, else of the device's parameters, else by
// its serial number.
func (d *about) settle(a *archive, p parameters) error {
	switch bySerial, known := stepsOf(d.serial); {
	case d.scale > 0 && p.scale > 0 && d.scale != p.scale:
		d.note("info.txt gives %v steps for 1 g, the device's parameters %v; info.txt is taken.", d.scale, p.scale)
	case d.scale > 0:
	case p.scale > 0:
		d.scale = p.scale
		d.note("info.txt gives no acceleration scale; the device's parameters give %v steps for 1 g.", p.scale)
	case known:
		d.scale = bySerial
		d.note("The file gives no acceleration scale; devices with serial numbers %s... have %v steps for 1 g.", d.serial[:3], bySerial)
	default:
		return a.fault("an acceleration scale in info.txt, or a serial number of NEO, CLE, MRA, MOS or TAS", fmt.Sprintf("the serial number %q", d.serial),
			"ask the maker for the device's scale and add the line Acceleration Scale to info.txt", nil)
	}
	return nil
}

// affine is the calibration of centre points' files: the matrix takes what is
// left of the steps without the offsets to g.
type affine struct {
	offset [3]float64
	matrix [3][3]float64
}

func (c *affine) apply(samples []int16, axes order, x, y, z []float64) (_, _, _ []float64) {
	for ; len(samples) >= 3; samples = samples[3:] {
		var v [3]float64
		for i := range v {
			v[i] = float64(samples[axes[i]]) - c.offset[i]
		}
		x = append(x, c.matrix[0][0]*v[0]+c.matrix[0][1]*v[1]+c.matrix[0][2]*v[2])
		y = append(y, c.matrix[1][0]*v[0]+c.matrix[1][1]*v[1]+c.matrix[1][2]*v[2])
		z = append(z, c.matrix[2][0]*v[0]+c.matrix[2][1]*v[1]+c.matrix[2][2]*v[2])
	}
	return x, y, z
}

// scaling returns how steps become g: samples of a device that did not calibrate
// them itself come with a calibration.json.
func (a *archive) scaling(d *about) (scaling, error) {
	if !a.has(calibrationMember) {
		return linear(d.scale), nil
	}
	text, err := a.text(calibrationMember)
	if err != nil {
		return nil, err
	}
	var c struct {
		Calibrated *bool `json:"isCalibrated"`
		Method     int   `json:"calibrationMethod"`
	}
	if err := json.Unmarshal(text, &c); err != nil {
		return nil, a.fault("a readable calibration.json", err.Error(), "download the device again", err)
	}
	switch {
	case c.Calibrated == nil || *c.Calibrated:
		return linear(d.scale), nil
	case c.Method == 2:
		d.note("Samples are calibrated by method 2 with the numbers in calibration.json.")
		return a.method2(text, d.rate)
	default:
		return nil, a.fault("samples that are calibrated, or calibration method 2", fmt.Sprintf("method %d", c.Method),
			"export the file as raw CSV with the maker's software", nil)
	}
}

// method2 reads the offsets and sensitivities at a sample rate. A sensitivity s of
// an axis to itself is in hundredths of a step for 1 g, one to another axis is
// 1/(s/100+250) - 1/250, as pygt3x computes it.
func (a *archive) method2(text []byte, rate int) (*affine, error) {
	values := make(map[string]any)
	if err := json.Unmarshal(text, &values); err != nil {
		return nil, a.fault("a readable calibration.json", err.Error(), "download the device again", err)
	}
	var missing []string
	value := func(name string) float64 {
		name = fmt.Sprintf("%s_%d", name, rate)
		v, ok := values[name].(float64)
		if !ok {
			missing = append(missing, name)
		}
		return v
	}
	own := func(axes string) float64 { return 1 / (value("sensitivity"+axes) * 0.01) }
	cross := func(axes string) float64 { return 1/(value("sensitivity"+axes)*0.01+250) - 0.004 }
	xy, xz, yz := cross("XY"), cross("XZ"), cross("YZ")
	c := &affine{
		offset: [3]float64{value("offsetX"), value("offsetY"), value("offsetZ")},
		matrix: [3][3]float64{{own("XX"), xy, xz}, {xy, own("YY"), yz}, {xz, yz, own("ZZ")}},
	}
	for i, row := range c.matrix {
		for j, v := range row {
			if math.IsInf(v, 0) || math.IsNaN(v) {
				missing = append(missing, fmt.Sprintf("a sensitivity of axes %d and %d", i+1, j+1))
			}
		}
	}
	if len(missing) > 0 {
		return nil, a.fault("a calibration at the sample rate in calibration.json", "none: "+strings.Join(missing, ", ")+" missing", "download the device again", nil)
	}
	return c, nil
}
