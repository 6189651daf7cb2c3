// Package libtensorflow loads TensorFlow's C library when it is first needed, and
// not when the program starts.
//
// Linked as usual, the library comes with the program, and with it 40,000 symbols
// of LLVM, which a software OpenGL driver then takes for those of its own, other
// LLVM: the first triangle it draws ends in a segmentation fault. Here the
// functions of the C interface are small jumps in the program itself, and the
// library behind them is opened with its symbols out of everybody's way. The
// window is on the screen before any of the 850 MB is read, and a library that is
// missing is an error instead of a program that does not start.
package libtensorflow
