// Loads TensorFlow's C library and fills in its functions. Returns NULL, or what
// went wrong.
const char *libtensorflow_load(const char *path);
