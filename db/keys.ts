import { createCipheriv, createDecipheriv, createHash, createSecretKey, randomBytes } from "node:crypto";
import { AttuneError } from "#src/errors.ts";

/** Where a sealed value stands. It is part of the seal: moved to another row or column, it does not open. */
export interface Place {
  readonly table: string;
  readonly row: string;
  readonly column: string;
}

/** An AES-256-GCM key. A sealed value is: the key's id (4 bytes), the nonce (12), the tag (16), the ciphertext. */
export interface Key {
  seal(plain: string | Buffer, place: Place): Buffer;
  /** Throws an AttuneError of code `store` when the key, the place or the bytes are not those of the seal. */
  open(sealed: Buffer, place: Place): Buffer;
}

const ID = 4;
const NONCE = 12;
const TAG = 16;

export const newSecret = (): Buffer => randomBytes(32);

export const keyOf = (secret: Buffer): Key => {
  if (secret.length !== 32) throw new AttuneError("config", "A key has 32 bytes.");
  const key = createSecretKey(secret);
  const id = createHash("sha256").update("attune key id").update(secret).digest().subarray(0, ID);
  return {
    seal(plain, place) {
      const nonce = randomBytes(NONCE);
      const cipher = createCipheriv("aes-256-gcm", key, nonce).setAAD(associated(place));
      const body = Buffer.concat([cipher.update(plain as string, "utf8"), cipher.final()]);
      return Buffer.concat([id, nonce, cipher.getAuthTag(), body]);
    },
    open(sealed, place) {
      if (!id.equals(sealed.subarray(0, ID)))
        throw new AttuneError("store", `${place.table}.${place.column} was encrypted with another key.`);
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
  };
};

const associated = ({ table, row, column }: Place): Buffer =>
  Buffer.from(JSON.stringify([table, row, column]));

/** For databases that end with the process. */
export const passingKey = (): Key => keyOf(newSecret());
