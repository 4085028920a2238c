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

/** The place of an encrypted value. It is authenticated: if the value is moved to another row or column, it does not open. */
export interface Place {
  readonly table: string;
  readonly row: string;
  readonly column: string;
}

/** An AES-256-GCM key. To seal is to encrypt. A sealed value is: the key's id (4 bytes), nonce (12), tag (16), ciphertext. */
export interface Key {
  /** The key's id (8 hexadecimal digits). It says nothing about the secret. */
  readonly id: string;
  seal(plain: string | Buffer, place: Place): Buffer;
  /** Throws an AttuneError of code `store` when the key, the place or the bytes are not those of the seal. */
  open(sealed: Buffer, place: Place): Buffer;
  /**
   * Encrypts equal texts of one place to equal values, so that a row can be found by its text. Somebody who has the database sees
   * only that two values are equal. The nonce is computed from the text (as in RFC 5297, SIV).
   */
  sealAlike(plain: string, place: Place): string;
  /** Decrypts a value of `sealAlike`. Throws as `open` does. */
  openAlike(sealed: string, place: Place): string;
  /** A keyed hash (HMAC-SHA-256, hexadecimal). Only with the key can one make it. */
  mac(text: string): string;
}

const ID = 4;
const NONCE = 12;
const TAG = 16;

export const newSecret = (): Buffer => randomBytes(32);

/** Values of `sealAlike` begin with this. No other stored text does. */
const ALIKE = "sealed:";

/** The beginning of every value that `sealAlike` makes with this key. */
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
  const sealedLately = new Map<string, string>();
  const openedLately = new Map<string, string>();
  const prefix = alikeUnder({ id: id.toString("hex") });
  return {
    id: id.toString("hex"),
    seal: (plain, place) => cipherOf.seal(plain, place, randomBytes(NONCE)),
    open: (sealed, place) => cipherOf.open(sealed, place),
    sealAlike: (plain, place) =>
      lately(sealedLately, place, plain, () => {
        const nonce = createHmac("sha256", keyFor("alike nonce"))
          .update(associated(place))
          .update(plain)
          .digest();
        const sealed = cipherAlike().seal(plain, place, nonce.subarray(0, NONCE));
        return prefix + sealed.subarray(ID).toString("base64url");
      }),
    openAlike: (sealed, place) =>
      lately(openedLately, place, sealed, () => {
        if (!sealed.startsWith(prefix)) throw anotherKey(place);
        const bytes = Buffer.from(sealed.slice(prefix.length), "base64url");
        return cipherAlike()
          .open(Buffer.concat([id, bytes]), place)
          .toString();
      }),
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

/** How much of each kind stays decrypted in memory: the acts of a person need the same again, and opening it costs more than reading it. */
const REMEMBERED = 2_000;

function remember<Value>(remembered: Map<string, Value>, name: string, value: Value): void {
  if (remembered.size >= REMEMBERED) remembered.clear();
  remembered.set(name, value);
}

/** In characters. Accounts and ids of messages are shorter. What is longer, a note of a whole roster, say, would fill the memory. */
const SHORT = 400;

/** What has come of a text lately, or comes of it now. */
function lately(remembered: Map<string, string>, place: Place, text: string, make: () => string): string {
  if (text.length > SHORT) return make();
  const name = JSON.stringify([place, text]);
  const known = remembered.get(name);
  if (known !== undefined) return known;
  const made = make();
  remember(remembered, name, made);
  return made;
}

/** What was opened lately, by its row. */
export type Opened<Value> = Map<string, { readonly sealed: Buffer; readonly value: Value }>;

/** What a sealed value holds: as it was opened lately, while the value in its row is still the same. */
export function openedAt<Value>(
  opened: Opened<Value>,
  row: string,
  sealed: Buffer,
  open: () => Value,
): Value {
  const ready = opened.get(row);
  if (ready?.sealed.equals(sealed)) return ready.value;
  const value = open();
  remember(opened, row, { sealed, value });
  return value;
}

/** A key for a database in memory. */
export const passingKey = (): Key => keyOf(newSecret());
