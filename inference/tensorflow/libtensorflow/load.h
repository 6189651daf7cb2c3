// Loads TensorFlow's C library and fills in its functions. Returns NULL, or what
// went wrong.
const char *libtensorflow_load(const char *path);

// Gives back what of the libraries' code and tables lies in memory.
void libtensorflow_release(void);
