import { expect, it } from "vitest";
import { decode } from "#src/roster/text/tables/decode.ts";

const bytes = (...parts: readonly (string | readonly number[])[]): Uint8Array =>
  Uint8Array.from(
    parts.flatMap((part) => (typeof part === "string" ? [...Buffer.from(part, "latin1")] : part)),
  );

it.each([
  ["UTF-8", Buffer.from("r1,佐藤 健"), "r1,佐藤 健"],
  ["UTF-8 with a byte order mark", Buffer.from("\uFEFFr1,佐藤 健"), "r1,佐藤 健"],
  // RFC 5545 warns of lines that are folded between the bytes of one letter: 佐 is E4 BD 90.
  ["UTF-8 folded in letters", bytes("r1,", [0xe4, 0xbd], "\r\n ", [0x90], "!"), "r1,佐\r\n !"],
  ["UTF-8 folded twice", bytes([0xe4], "\n\t", [0xbd, 0x90, 0xc3], "\r\n ", [0xa9]), "佐\n\té\r\n "],
  ["UTF-16", bytes([0xff, 0xfe], [...Buffer.from("r1,佐藤", "utf16le")]), "r1,佐藤"],
  ["Shift_JIS", bytes("r1,", [0x8d, 0xb2, 0x93, 0xa1], " ", [0x8c, 0x92]), "r1,佐藤 健"],
  ["latin-1", bytes("a1,J", [0xf6], "rg M", [0xfc], "ller"), "a1,Jörg Müller"],
  ["Windows-1252", bytes("a1,Ren", [0xe9], " ", [0x96], " Zo", [0xeb]), "a1,René – Zoë"],
])("reads %s", (_, given, text) => {
  expect(decode(given)).toBe(text);
});
