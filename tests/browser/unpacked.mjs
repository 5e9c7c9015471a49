// The files of a packed one, by their paths.
import { inflateRawSync } from "node:zlib";

export const unpacked = (bytes) => {
  const files = new Map();
  // The list at the end says where each begins.
  let at = bytes.readUInt32LE(bytes.lastIndexOf("PK\x05\x06") + 16);
  while (bytes.readUInt32LE(at) === 0x02014b50) {
    const [size, name, extra, comment] = [bytes.readUInt32LE(at + 20), ...[28, 30, 32].map((field) => bytes.readUInt16LE(at + field))];
    const start = bytes.readUInt32LE(at + 42);
    const data = start + 30 + bytes.readUInt16LE(start + 26) + bytes.readUInt16LE(start + 28);
    files.set(bytes.toString("utf8", at + 46, at + 46 + name), inflateRawSync(bytes.subarray(data, data + size)));
    at += 46 + name + extra + comment;
  }
  return files;
};
