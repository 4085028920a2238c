import { closeSync, constants, fstatSync, openSync, readSync } from "node:fs";

/**
 * A file's bytes, one more than `most` at most: whoever asks tells that it is too large. What is no plain file
 * (a folder, a pipe, a device) is not waited for; `reason` says why there is nothing.
 */
export function plainFile(path: string, most: number): Uint8Array | { readonly reason: string } {
  let descriptor: number | undefined;
  try {
    descriptor = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
    const found = fstatSync(descriptor);
    if (found.isDirectory()) return { reason: "it is a folder" };
    if (!found.isFile()) return { reason: "it is no plain file" };
    return contentsOf(descriptor, Math.min(found.size, most) + 1);
  } catch (error) {
    return { reason: (error as NodeJS.ErrnoException).code ?? "error" };
  } finally {
    if (descriptor !== undefined) closeSync(descriptor);
  }
}

function contentsOf(descriptor: number, room: number): Uint8Array {
  const bytes = new Uint8Array(room);
  let length = 0;
  for (let read = -1; read !== 0 && length < room; length += read)
    read = readSync(descriptor, bytes, length, room - length, null);
  return bytes.subarray(0, length);
}
