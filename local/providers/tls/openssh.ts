import { createHash, type KeyObject } from "node:crypto";

/** What OpenSSH makes of a public key. */
export interface OpenSshPublicKey {
  readonly publicKeyOpenssh: string;
  readonly publicKeyFingerprintMd5: string;
  readonly publicKeyFingerprintSha256: string;
}

const NOT_KNOWN: OpenSshPublicKey = {
  publicKeyOpenssh: "",
  publicKeyFingerprintMd5: "",
  publicKeyFingerprintSha256: "",
};

/** Curves of OpenSSH by their names in a JSON Web Key. */
const SSH_CURVES: Readonly<Record<string, string>> = {
  "P-256": "nistp256",
  "P-384": "nistp384",
  "P-521": "nistp521",
};

/** The authorized_keys line and its fingerprints; empty texts for a curve that OpenSSH lacks. */
export function openSshPublicKey(key: KeyObject): OpenSshPublicKey {
  const fields = wireFields(key);
  if (fields === undefined) return NOT_KNOWN;
  const [name] = fields;
  const wire = Buffer.concat(fields.map((field) => withLength(Buffer.from(field))));
  const sha256 = createHash("sha256").update(wire).digest("base64").replace(/=+$/, "");
  const md5 = createHash("md5").update(wire).digest("hex").match(/../g) ?? [];
  return {
    publicKeyOpenssh: `${String(name)} ${wire.toString("base64")}\n`,
    publicKeyFingerprintMd5: md5.join(":"),
    publicKeyFingerprintSha256: `SHA256:${sha256}`,
  };
}

/** The fields of a key on the wire, its type first (RFC 4253, RFC 5656, RFC 8709). */
function wireFields(key: KeyObject): (string | Buffer)[] | undefined {
  // OpenSSL refuses to write P224 as a JSON Web Key, which has no name for that curve.
  if (key.asymmetricKeyDetails?.namedCurve === "secp224r1") return undefined;
  const { kty, crv = "", n = "", e = "", x = "", y = "" } = key.export({ format: "jwk" });
  const bytes = (text: string) => Buffer.from(text, "base64url");
  if (kty === "RSA") return ["ssh-rsa", positive(bytes(e)), positive(bytes(n))];
  if (kty === "OKP") return ["ssh-ed25519", bytes(x)];
  const curve = SSH_CURVES[crv];
  if (curve === undefined) return undefined;
  const point = Buffer.concat([Buffer.from([4]), bytes(x), bytes(y)]);
  return [`ecdsa-sha2-${curve}`, curve, point];
}

/** A number whose first bit would be read as a sign gets a zero byte before it. */
function positive(number: Buffer): Buffer {
  return (number[0] ?? 0) >= 0x80 ? Buffer.concat([Buffer.from([0]), number]) : number;
}

function withLength(field: Buffer): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(field.length);
  return Buffer.concat([length, field]);
}
