package sleep

// closing fills what is false for less than size epochs: a dilation, then an
// erosion. Beyond the ends all is false.
func closing(x []bool, size int) []bool { return erosion(dilation(x, size), size) }

// opening clears what is true for less than size epochs: an erosion, then a
// dilation.
func opening(x []bool, size int) []bool { return dilation(erosion(x, size), size) }

// dilation is true where one of the epochs of a window is.
func dilation(x []bool, size int) []bool {
	return windowCount(x, (size-1)/2, size/2, func(n int) bool { return n > 0 })
}

// erosion is true where all epochs of a window are.
func erosion(x []bool, size int) []bool {
	return windowCount(x, size/2, (size-1)/2, func(n int) bool { return n == size })
}

// windowCount asks, for each epoch, about the number of true epochs from before it
// to after it.
func windowCount(x []bool, before, after int, ask func(int) bool) []bool {
	out := make([]bool, len(x))
	n := 0
	for i := 0; i < min(after, len(x)); i++ {
		n += one(x[i])
	}
	for i := range x {
		if i+after < len(x) {
			n += one(x[i+after])
		}
		if i-before-1 >= 0 {
			n -= one(x[i-before-1])
		}
		out[i] = ask(n)
	}
	return out
}

func one(b bool) int {
	if b {
		return 1
	}
	return 0
}
