import ipaddr from "ipaddr.js";
import { AttuneError } from "#src/errors.ts";

type IPv6 = ReturnType<typeof ipaddr.IPv6.parse>;

/**
 * Whether an address is anything but a plain one of the open internet: of this machine, of a network behind the
 * firewall, or kept for something else. Where an IPv4 address is carried in an IPv6 one, it is the one that counts.
 */
export function isPrivate(ip: string): boolean {
  if (!ipaddr.isValid(ip)) return true;
  const address = ipaddr.parse(ip);
  if (address instanceof ipaddr.IPv4) return address.range() !== "unicast";
  const carried = carriedIn(address);
  if (carried !== undefined) return isPrivate(carried);
  // The library calls unicast what nobody has assigned, and ::7f00:1, too: the open internet is in 2000::/3.
  return address.range() !== "unicast" || !address.match(ipaddr.IPv6.parse("2000::"), 3);
}

/** The prefix under which networks without IPv4 reach it (RFC 6052); 64:ff9b:1::/48 is for use inside of one. */
const TRANSLATED = ipaddr.IPv6.parse("64:ff9b::");

/** The IPv4 address inside of an IPv6 one: ::ffff:192.168.1.1, 2002:c0a8:101::, 64:ff9b::c0a8:101. */
function carriedIn(address: IPv6): string | undefined {
  const bytes = address.toByteArray();
  if (address.isIPv4MappedAddress() || address.match(TRANSLATED, 96)) return bytes.slice(12).join(".");
  return address.range() === "6to4" ? bytes.slice(2, 6).join(".") : undefined;
}

const LOOPBACK = new Set(["localhost", "127.0.0.1", "[::1]"]);

/**
 * The address to fetch. webcal: becomes https:. Plain http: is allowed only for this machine.
 * @throws AttuneError `rejected`, without the address
 */
export function feedUrl(address: string): URL {
  const text = address.trim().replace(/^webcals?:/iu, "https:");
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined) throw new AttuneError("rejected", "its address is no address");
  const isSafe = url.protocol === "https:" || (url.protocol === "http:" && LOOPBACK.has(url.hostname));
  if (!isSafe) throw new AttuneError("rejected", "its address is neither https: nor webcal:");
  return url;
}
