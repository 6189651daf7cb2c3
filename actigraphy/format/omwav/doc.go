// Package omwav reads raw recordings of Axivity devices that Open Movement's
// omconvert wrote as sound: WAV files of 16 bits with a channel an axis and one
// of auxiliary values, resampled to an even rate. Names and layout are those of
// omconvert (https://github.com/digitalinteraction/openmovement,
// Software/AX3/omconvert). A sound without them is no recording.
package omwav
