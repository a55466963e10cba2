"""Reads and writes safetensors: 8 bytes of header length, a JSON header, then the numbers (F32 or F16)."""

import json
import struct

import numpy as np

TYPES = {"F32": np.dtype("<f4"), "F16": np.dtype("<f2")}


def read_safetensors(path):
    """Returns {name: float32 array}. Raises ValueError on number types other than F32 and F16."""
    with open(path, "rb") as file:
        (length,) = struct.unpack("<Q", file.read(8))
        header = json.loads(file.read(length))
        body = file.read()
    tensors = {}
    for name, entry in header.items():
        if name == "__metadata__":
            continue
        if entry["dtype"] not in TYPES:
            raise ValueError(f"{name} has numbers of type {entry['dtype']}; only F32 and F16 can be read")
        start, end = entry["data_offsets"]
        values = np.frombuffer(body[start:end], TYPES[entry["dtype"]])
        tensors[name] = values.astype(np.float32).reshape(entry["shape"])
    return tensors


def write_safetensors(path, tensors, dtype="F32", metadata=None):
    """Writes {name: array} in the given order, rounded to `dtype`."""
    header = {"__metadata__": metadata} if metadata else {}
    chunks, offset = [], 0
    for name, values in tensors.items():
        chunk = np.ascontiguousarray(values, TYPES[dtype]).tobytes()
        header[name] = {
            "dtype": dtype,
            "shape": list(values.shape),
            "data_offsets": [offset, offset + len(chunk)],
        }
        chunks.append(chunk)
        offset += len(chunk)
    head = json.dumps(header, separators=(",", ":")).encode()
    head += b" " * (-len(head) % 8)  # so that the numbers are aligned
    with open(path, "wb") as file:
        file.write(struct.pack("<Q", len(head)) + head + b"".join(chunks))
