import { BlockList, isIP } from "node:net";
import { AttuneError } from "#src/errors.ts";

const PRIVATE = new BlockList();
for (const [net, bits] of [
  ["0.0.0.0", 8],
  ["10.0.0.0", 8],
  ["100.64.0.0", 10],
  ["127.0.0.0", 8],
  ["169.254.0.0", 16],
  ["172.16.0.0", 12],
  ["192.0.0.0", 24],
  ["192.168.0.0", 16],
  ["198.18.0.0", 15],
  ["224.0.0.0", 3],
] as const)
  PRIVATE.addSubnet(net, bits, "ipv4");
for (const [net, bits] of [
  ["::", 127],
  ["64:ff9b::", 96],
  ["fc00::", 7],
  ["fe80::", 10],
  ["ff00::", 8],
] as const)
  PRIVATE.addSubnet(net, bits, "ipv6");

/** An address of this machine or of a network behind the firewall; IPv4 written as IPv6 counts as what it is. */
export function isPrivate(ip: string): boolean {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/iu.exec(ip)?.[1];
  if (mapped !== undefined) return isPrivate(mapped);
  const family = isIP(ip);
  return family === 0 || PRIVATE.check(ip, family === 4 ? "ipv4" : "ipv6");
}

const LOOPBACK = new Set(["localhost", "127.0.0.1", "[::1]"]);

/**
 * The address as it is fetched: webcal: means https:. Plain http: is for this machine alone.
 * @throws AttuneError `rejected`, which does not repeat the address
 */
export function feedUrl(address: string): URL {
  const text = address.trim().replace(/^webcals?:/iu, "https:");
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined) throw new AttuneError("rejected", "its address is no address");
  const isSafe = url.protocol === "https:" || (url.protocol === "http:" && LOOPBACK.has(url.hostname));
  if (!isSafe) throw new AttuneError("rejected", "its address is neither https: nor webcal:");
  return url;
}
