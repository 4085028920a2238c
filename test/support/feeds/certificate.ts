import { createPrivateKey, generateKeyPairSync, sign } from "node:crypto";

/** A key and the certificate that it has signed itself, both as PEM. */
export interface SelfSigned {
  readonly key: string;
  readonly cert: string;
}

/* Just enough of DER (X.690) for one certificate: Node reads certificates and makes none. */
const der = (tag: number, ...parts: readonly Uint8Array[]): Buffer => {
  const body = Buffer.concat(parts);
  const size = body.length < 128 ? [body.length] : [0x82, body.length >> 8, body.length & 0xff];
  return Buffer.concat([Buffer.from([tag, ...size]), body]);
};
const sequence = (...parts: readonly Uint8Array[]) => der(0x30, ...parts);
const hex = (text: string) => Buffer.from(text, "hex");
const oid = (text: string) => der(0x06, hex(text));
const name = (text: string) =>
  sequence(der(0x31, sequence(oid("550403"), der(0x0c, Buffer.from(text, "utf8")))));
const time = (at: number) =>
  der(0x18, Buffer.from(`${new Date(at).toISOString().replaceAll(/[-:T]|\.\d+Z/gu, "")}Z`));
const octets = (part: Uint8Array) => der(0x04, part);
const bits = (part: Uint8Array) => der(0x03, Buffer.from([0]), part);

const ECDSA_WITH_SHA256 = sequence(oid("2a8648ce3d040302"));
const DAY = 86_400_000;

/**
 * For 127.0.0.1 and the hosts named, good from yesterday until some days from now (before now: it has expired). It vouches for
 * itself, as an authority.
 */
export function selfSigned(days = 2, hosts: readonly string[] = []): SelfSigned {
  const { publicKey, privateKey } = generateKeyPairSync("ec", {
    namedCurve: "P-256",
    publicKeyEncoding: { type: "spki", format: "der" },
    privateKeyEncoding: { type: "pkcs8", format: "pem" },
  });
  const isAuthority = sequence(oid("551d13"), octets(sequence(der(0x01, hex("ff")))));
  const names = hosts.map((host) => der(0x82, Buffer.from(host)));
  const isLoopback = sequence(oid("551d11"), octets(sequence(der(0x87, hex("7f000001")), ...names)));
  const signed = sequence(
    der(0xa0, der(0x02, hex("02"))),
    der(0x02, hex("01")),
    ECDSA_WITH_SHA256,
    name("roster office"),
    sequence(time(Date.now() - 3 * DAY), time(Date.now() + days * DAY)),
    name("roster office"),
    publicKey,
    der(0xa3, sequence(isAuthority, isLoopback)),
  );
  const signature = sign("sha256", signed, createPrivateKey(privateKey));
  const whole = sequence(signed, ECDSA_WITH_SHA256, bits(signature));
  const lines = whole.toString("base64").match(/.{1,64}/gu)!;
  return {
    key: privateKey,
    cert: ["-----BEGIN CERTIFICATE-----", ...lines, "-----END CERTIFICATE-----", ""].join("\n"),
  };
}
