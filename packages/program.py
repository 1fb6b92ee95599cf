"""What a program asks of the machine that it runs on."""
import re
import struct


def glibc(path):
    """The least version of the C library that a program needs, as "2.34"; None where everything is linked into it."""
    data = path.read_bytes()
    if data[:6] != b"\x7fELF\x02\x01":
        raise SystemExit(f"{path}: no program of a Linux with 64 bits")
    at, size, count = struct.unpack_from("<Q", data, 32)[0], *struct.unpack_from("<HH", data, 54)
    # A program that names no loader (PT_INTERP) loads nothing.
    if all(struct.unpack_from("<I", data, at + i * size)[0] != 3 for i in range(count)):
        return None
    return "2.%d" % max(map(int, re.findall(rb"GLIBC_2\.(\d+)", data)))
