"""Reading and writing safetensors: u64 header length, JSON header, raw little-endian data."""

import json
import struct

import numpy as np
import torch

DTYPES = {"F32": np.float32, "F16": np.float16}


def read(path: str) -> dict[str, torch.Tensor]:
    """All tensors as float32. Raises ValueError on a type other than F32 and F16."""
    with open(path, "rb") as file:
        data = file.read()
    (length,) = struct.unpack("<Q", data[:8])
    header = json.loads(data[8 : 8 + length])
    tensors = {}
    for name, entry in header.items():
        if name == "__metadata__":
            continue
        if entry["dtype"] not in DTYPES:
            raise ValueError(f"{path}: tensor {name} has type {entry['dtype']}; only F32 and F16 are read")
        start, end = entry["data_offsets"]
        raw = np.frombuffer(data[8 + length + start : 8 + length + end], dtype=DTYPES[entry["dtype"]])
        tensors[name] = torch.from_numpy(raw.astype(np.float32)).reshape(entry["shape"])
    return tensors


def write(path: str, tensors: dict[str, torch.Tensor], half: bool = False) -> None:
    """Writes F32, or F16 when `half`."""
    header, blobs, offset = {}, [], 0
    for name, tensor in tensors.items():
        raw = tensor.detach().numpy().astype(np.float16 if half else np.float32).tobytes()
        header[name] = {
            "dtype": "F16" if half else "F32",
            "shape": list(tensor.shape),
            "data_offsets": [offset, offset + len(raw)],
        }
        offset += len(raw)
        blobs.append(raw)
    text = json.dumps(header).encode()
    text += b" " * (-len(text) % 8)
    with open(path, "wb") as file:
        file.write(struct.pack("<Q", len(text)) + text + b"".join(blobs))
