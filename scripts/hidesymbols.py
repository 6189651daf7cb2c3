#!/usr/bin/env python3
"""Keeps a shared library's symbols away from libraries that ask for a version of them.

Usage: hidesymbols.py LIBRARY...    (64-bit little-endian ELF; changed in place)

TensorFlow exports the LLVM it was built with, without symbol versions. Mesa's OpenGL drivers use the system's
LLVM, of another release, and bind to it by name and version (LLVM_15). The dynamic linker lets an unversioned
definition stand in for a versioned one, so in a program with both the driver calls TensorFlow's LLVM and crashes at
the first frame. A definition whose version is marked hidden (bit 15 of its entry in .gnu.version) still serves
references without a version, such as TensorFlow's own and the program's, and no longer serves those with one.
"""
import mmap
import struct
import sys

DYNAMIC_SYMBOLS, VERSIONS = 11, 0x6FFFFFFF  # types of sections
GLOBAL, HIDDEN = 1, 0x8000  # a version's index for "no version", and its flag


def sections(elf):
    """Returns offset and size of each section by its type."""
    offset, = struct.unpack_from("<Q", elf, 0x28)
    entry, count = struct.unpack_from("<HH", elf, 0x3A)
    found = {}
    for i in range(count):
        kind, = struct.unpack_from("<I", elf, offset + i * entry + 4)
        found[kind] = struct.unpack_from("<QQ", elf, offset + i * entry + 0x18)
    return found


def hide(path):
    """Marks every unversioned definition of a library as hidden and returns how many there were."""
    with open(path, "r+b") as file, mmap.mmap(file.fileno(), 0) as elf:
        if elf[:6] != b"\x7fELF\x02\x01":
            sys.exit(f"{path}: no 64-bit little-endian ELF library")
        table = sections(elf)
        if DYNAMIC_SYMBOLS not in table or VERSIONS not in table:
            sys.exit(f"{path}: no dynamic symbols with versions")
        symbols, size = table[DYNAMIC_SYMBOLS]
        versions, _ = table[VERSIONS]
        hidden = 0
        for i in range(size // 24):
            section, = struct.unpack_from("<H", elf, symbols + 24 * i + 6)
            version, = struct.unpack_from("<H", elf, versions + 2 * i)
            if section != 0 and version & ~HIDDEN == GLOBAL:
                struct.pack_into("<H", elf, versions + 2 * i, GLOBAL | HIDDEN)
                hidden += 1
        return hidden


for library in sys.argv[1:]:
    if hide(library) == 0:
        sys.exit(f"{library}: no symbols to hide; is it the library that was meant?")
