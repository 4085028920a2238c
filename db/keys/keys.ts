import {
  createCipheriv,
  createDecipheriv,
  createHash,
  createHmac,
  createSecretKey,
  hkdfSync,
  randomBytes,
  type KeyObject,
} from "node:crypto";
import { AttuneError } from "#src/errors.ts";

/** Where a sealed value stands. It is part of the seal: moved to another row or column, it does not open. */
export interface Place {
  readonly table: string;
  readonly row: string;
  readonly column: string;
}

/** An AES-256-GCM key. A sealed value is: the key's id (4 bytes), the nonce (12), the tag (16), the ciphertext. */
export interface Key {
  /** Tells keys apart (8 hexadecimal digits), and tells nothing of the secret. */
  readonly id: string;
  seal(plain: string | Buffer, place: Place): Buffer;
  /** Throws an AttuneError of code `store` when the key, the place or the bytes are not those of the seal. */
  open(sealed: Buffer, place: Place): Buffer;
  /**
   * Seals equal texts of one place equally, so that a row can be looked up by what it holds: who has the database
   * sees that two are equal, and nothing else. The nonce follows from the text (as in RFC 5297, SIV).
   */
  sealAlike(plain: string, place: Place): string;
  /** The text of `sealAlike`. Throws as `open` does. */
  openAlike(sealed: string, place: Place): string;
  /** A keyed hash (HMAC-SHA-256, hexadecimal): without the key nobody can make one. */
  mac(text: string): string;
}

const ID = 4;
const NONCE = 12;
const TAG = 16;

export const newSecret = (): Buffer => randomBytes(32);

/** What `sealAlike` returns begins with this, and no text that Attune is given does. */
const ALIKE = "sealed:";

/** What every text begins with that this key has sealed alike. */
export const alikeUnder = ({ id }: Pick<Key, "id">): string => `${ALIKE}${id}:`;

export const isSealedAlike = (text: string): boolean => text.startsWith(ALIKE);

export const keyOf = (secret: Buffer): Key => {
  if (secret.length !== 32) throw new AttuneError("config", "A key has 32 bytes.");
  const id = createHash("sha256").update("attune key id").update(secret).digest().subarray(0, ID);
  const cipherOf = aesGcm(createSecretKey(secret), id);
  // People's keys never need these: they are made when they are first used.
  const derived = new Map<string, KeyObject>();
  const keyFor = (purpose: string): KeyObject => {
    const known = derived.get(purpose);
    if (known !== undefined) return known;
    const made = createSecretKey(Buffer.from(hkdfSync("sha256", secret, "", `attune ${purpose}`, 32)));
    derived.set(purpose, made);
    return made;
  };
  let alike: Cipher | undefined;
  const cipherAlike = (): Cipher => (alike ??= aesGcm(keyFor("alike"), id));
  const prefix = alikeUnder({ id: id.toString("hex") });
  return {
    id: id.toString("hex"),
    seal: (plain, place) => cipherOf.seal(plain, place, randomBytes(NONCE)),
    open: (sealed, place) => cipherOf.open(sealed, place),
    sealAlike(plain, place) {
      const nonce = createHmac("sha256", keyFor("alike nonce"))
        .update(associated(place))
        .update(plain)
        .digest();
      const sealed = cipherAlike().seal(plain, place, nonce.subarray(0, NONCE));
      return prefix + sealed.subarray(ID).toString("base64url");
    },
    openAlike(sealed, place) {
      if (!sealed.startsWith(prefix)) throw anotherKey(place);
      const bytes = Buffer.from(sealed.slice(prefix.length), "base64url");
      return cipherAlike()
        .open(Buffer.concat([id, bytes]), place)
        .toString();
    },
    mac: (text) => createHmac("sha256", keyFor("audit")).update(text).digest("hex"),
  };
};

interface Cipher {
  seal(plain: string | Buffer, place: Place, nonce: Buffer): Buffer;
  open(sealed: Buffer, place: Place): Buffer;
}

const aesGcm = (key: KeyObject, id: Buffer): Cipher => ({
  seal(plain, place, nonce) {
    const cipher = createCipheriv("aes-256-gcm", key, nonce).setAAD(associated(place));
    const body = Buffer.concat([cipher.update(plain as string, "utf8"), cipher.final()]);
    return Buffer.concat([id, nonce, cipher.getAuthTag(), body]);
  },
  open(sealed, place) {
    if (!id.equals(sealed.subarray(0, ID))) throw anotherKey(place);
    const body = ID + NONCE + TAG;
    try {
      const cipher = createDecipheriv("aes-256-gcm", key, sealed.subarray(ID, ID + NONCE))
        .setAAD(associated(place))
        .setAuthTag(sealed.subarray(ID + NONCE, body));
      return Buffer.concat([cipher.update(sealed.subarray(body)), cipher.final()]);
    } catch (cause) {
      throw new AttuneError(
        "store",
        `${place.table}.${place.column} cannot be decrypted: it was changed outside Attune.`,
        { cause },
      );
    }
  },
});

const anotherKey = ({ table, column }: Place): AttuneError =>
  new AttuneError("store", `${table}.${column} was encrypted with another key.`);

const associated = ({ table, row, column }: Place): Buffer =>
  Buffer.from(JSON.stringify([table, row, column]));

/** For databases that end with the process. */
export const passingKey = (): Key => keyOf(newSecret());
