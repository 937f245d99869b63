"""Bytes in, their SipHash-1-3 out: the hash in the names of processed images."""

from __future__ import annotations

_MASK = (1 << 64) - 1


def siphash_1_3(data: bytes) -> int:
    """Return the 64-bit hash of `data` under the key 0."""
    v0, v1, v2, v3 = 0x736F6D6570736575, 0x646F72616E646F6D, 0x6C7967656E657261, 0x7465646279746573
    tail = len(data) % 8
    for start in range(0, len(data) - tail, 8):
        word = int.from_bytes(data[start : start + 8], "little")
        v0, v1, v2, v3 = _round(v0, v1, v2, v3 ^ word)
        v0 ^= word
    last = int.from_bytes(data[len(data) - tail :], "little") | (len(data) & 0xFF) << 56
    v0, v1, v2, v3 = _round(v0, v1, v2, v3 ^ last)
    v0, v2 = v0 ^ last, v2 ^ 0xFF
    for _ in range(3):
        v0, v1, v2, v3 = _round(v0, v1, v2, v3)
    return v0 ^ v1 ^ v2 ^ v3


def _round(v0: int, v1: int, v2: int, v3: int) -> tuple[int, int, int, int]:
    v0 = (v0 + v1) & _MASK
    v2 = (v2 + v3) & _MASK
    v1 = _rotate(v1, 13) ^ v0
    v3 = _rotate(v3, 16) ^ v2
    v0 = (_rotate(v0, 32) + v3) & _MASK
    v2 = (v2 + v1) & _MASK
    return v0, _rotate(v1, 17) ^ v2, _rotate(v2, 32), _rotate(v3, 21) ^ v0


def _rotate(word: int, by: int) -> int:
    return (word << by | word >> (64 - by)) & _MASK
