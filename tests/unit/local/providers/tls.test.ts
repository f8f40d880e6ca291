import assert from "node:assert/strict";
import { createPrivateKey, createPublicKey, sign, verify } from "node:crypto";
import { DrawnValuesProvider } from "../../../../local/providers/drawn-values-provider.ts";
import {
  isSecret,
  revealed,
  UNKNOWN,
  type PropertyMap,
} from "../../../../local/providers/property-values.ts";
import { TLS_RESOURCES } from "../../../../local/providers/tls/resources.ts";
import { openSshPublicKey } from "../../../../local/providers/tls/openssh.ts";

const provider = new DrawnValuesProvider("tls", "0.0.0", TLS_RESOURCES);
const type = "tls:index/privateKey:PrivateKey";
const request = { urn: `urn:pulumi:test::slipway::${type}::key`, type, name: "key" };

const create = (inputs: PropertyMap, preview = false) =>
  provider.create({ ...request, inputs, preview, timeout: 0 });

const check = async (newInputs: PropertyMap) => {
  const randomSeed = new Uint8Array();
  const { failures } = await provider.check({ ...request, oldInputs: {}, newInputs, randomSeed });
  return failures.map(({ property, reason }) => `${property}: ${reason}`);
};

const text = (state: PropertyMap, key: string) => revealed(state[key] ?? null) as string;

describe("tls stand-in: PrivateKey", () => {
  const KINDS: readonly [PropertyMap, begins: string, ssh: string][] = [
    [{ algorithm: "RSA" }, "RSA PRIVATE KEY", "ssh-rsa "],
    [{ algorithm: "RSA", rsaBits: 4096 }, "RSA PRIVATE KEY", "ssh-rsa "],
    [{ algorithm: "ECDSA" }, "EC PRIVATE KEY", ""],
    [{ algorithm: "ECDSA", ecdsaCurve: "P256" }, "EC PRIVATE KEY", "ecdsa-sha2-nistp256 "],
    [{ algorithm: "ECDSA", ecdsaCurve: "P384" }, "EC PRIVATE KEY", "ecdsa-sha2-nistp384 "],
    [{ algorithm: "ECDSA", ecdsaCurve: "P521" }, "EC PRIVATE KEY", "ecdsa-sha2-nistp521 "],
    [{ algorithm: "ED25519" }, "PRIVATE KEY", "ssh-ed25519 "],
  ];
  for (const [inputs, begins, ssh] of KINDS) {
    it(`gives a pair that belongs together: ${JSON.stringify(inputs)}`, async () => {
      const { id, state } = await create(inputs);
      assert.match(id, /^[0-9a-f]{40}$/);
      assert.ok(text(state, "privateKeyPem").startsWith(`-----BEGIN ${begins}-----\n`));
      assert.ok(text(state, "privateKeyPemPkcs8").startsWith("-----BEGIN PRIVATE KEY-----\n"));
      assert.ok(text(state, "publicKeyPem").startsWith("-----BEGIN PUBLIC KEY-----\n"));

      const said = Buffer.from("said");
      const digest = inputs["algorithm"] === "ED25519" ? null : "sha256";
      for (const form of ["privateKeyPem", "privateKeyPemPkcs8"]) {
        const signature = sign(digest, said, createPrivateKey(text(state, form)));
        assert.ok(verify(digest, said, createPublicKey(text(state, "publicKeyPem")), signature));
      }
      assert.ok(text(state, "publicKeyOpenssh").startsWith(ssh));
      assert.equal(text(state, "publicKeyOpenssh") === "", ssh === "");
    });
  }

  it("has as many bits as asked for, and 2048 unless said", async () => {
    const bits = async (inputs: PropertyMap) => {
      const { state } = await create(inputs);
      return createPublicKey(text(state, "publicKeyPem")).asymmetricKeyDetails?.modulusLength;
    };
    assert.equal(await bits({ algorithm: "RSA" }), 2048);
    assert.equal(await bits({ algorithm: "RSA", rsaBits: 4096 }), 4096);
  });

  it("marks the private forms secret and no other, and says its defaults", async () => {
    const { state } = await create({ algorithm: "ED25519" });
    const secrets = Object.keys(state).filter((key) => isSecret(state[key]));
    assert.deepEqual(secrets.toSorted(), ["privateKeyPem", "privateKeyPemPkcs8"]);
    assert.deepEqual([state["ecdsaCurve"], state["rsaBits"]], ["P224", 2048]);
  });

  it("makes another key each time", async () => {
    const [one, other] = [await create({ algorithm: "RSA" }), await create({ algorithm: "RSA" })];
    assert.notEqual(one.id, other.id);
    assert.notEqual(text(one.state, "privateKeyPem"), text(other.state, "privateKeyPem"));
  });

  it("draws nothing in a preview", async () => {
    const { id, state } = await create({ algorithm: "RSA" }, true);
    assert.equal(id, "");
    assert.deepEqual([state["privateKeyPem"], state["publicKeyPem"]], [UNKNOWN, UNKNOWN]);
  });

  it("is replaced when any input changes", async () => {
    const { changed } = await provider.diff({
      ...request,
      id: "x",
      oldInputs: { algorithm: "RSA", rsaBits: 2048 },
      newInputs: { algorithm: "RSA", rsaBits: 4096 },
      ignoreChanges: [],
    });
    assert.deepEqual([...(changed ?? [])], [["rsaBits", { kind: "update", replace: true }]]);
  });

  it("refuses what is no kind of key", async () => {
    assert.deepEqual(await check({ algorithm: "DSA", ecdsaCurve: "P1", rsaBits: 512.5 }), [
      'algorithm: got "DSA", expected one of RSA, ECDSA, ED25519',
      'ecdsaCurve: got "P1", expected one of P224, P256, P384, P521',
      "rsaBits: got 512.5, expected a whole number from 1024 to 8192",
    ]);
    assert.deepEqual(await check({}), [
      "algorithm: got nothing, expected one of RSA, ECDSA, ED25519",
    ]);
  });

  it("has no other type", async () => {
    await assert.rejects(
      provider.create({
        ...request,
        type: "tls:index/x:Cert",
        inputs: {},
        preview: false,
        timeout: 0,
      }),
      {
        message:
          "tls:index/x:Cert: the stand-in for tls has PrivateKey only. Use the real plugin for others.",
      },
    );
  });
});

// The bodies of public keys, with the fingerprints that ssh-keygen tells of them.
const KNOWN: readonly [line: string, body: string, sha256: string, md5: string][] = [
  [
    "ssh-rsa",
    "MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAmE5g++Xno0m8GWQiD6snRk3WNhAUTHDS7aGm0V2gWutF" +
      "LagVSuTF9R4z0cr+uH6lGrlB0Nbxh0KBnLt3fE9l01uXzoGOR80GjB60FYPlP1SJP125tMRDFgHvkRIqtuPHl2Rp" +
      "LBZriJSjfp/T++o2sLBGrli9sciMWebBgm9W7zfZKpJvpWX0+fyR9nv4gerUBZetMt1/4lePpH/VutbqhTjSctZe" +
      "pTkq3wHvodiOyJvSYNAnFGfa/swOb17StK793QsjX6WVzgBP7UkjY0g5lBrd7xjqiLmrVxcOCnb9ppQ0Ai4cI55P" +
      "kpm0Jm4PPZ8w6f2esGPdYXtjMDK25NLjwwIDAQAB",
    "SHA256:r9bpUn7+imoreiyMxYt1PTx676QgDTIiEM559REu7nc",
    "85:f7:21:74:09:61:93:34:71:ae:87:bb:92:a0:d5:59",
  ],
  [
    "ecdsa-sha2-nistp256",
    "MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEnOxdYYjgpqCdByydsw8dkfzlbkrBcBaPKN/pmuz09+9L8CvHGHbH" +
      "HYlh4oBM1CU8i6h1bgyBbpBAhH3YFKFBsg==",
    "SHA256:8F4rDNBU2GVAAq70RJBMGzO5YpmT90Sj7CSUaowxli0",
    "89:d1:ef:0d:f5:f0:b3:26:15:ea:bd:31:4f:0a:02:de",
  ],
  [
    "ssh-ed25519",
    "MCowBQYDK2VwAyEAIwDE9zJw2KN/0zNB+UZiM4pAkByBniFeeIbrKTy8P5Q=",
    "SHA256:CO3zYKynIjz7lmcAPOcciQ1d8x0sfvQ1Kn89afy98L8",
    "83:f9:81:51:67:2b:a1:3f:d0:5d:4c:a3:d1:17:2c:10",
  ],
];

describe("openSshPublicKey", () => {
  for (const [kind, body, sha256, md5] of KNOWN) {
    it(`tells the fingerprints that OpenSSH tells: ${kind}`, () => {
      const key = createPublicKey({
        key: Buffer.from(body, "base64"),
        format: "der",
        type: "spki",
      });
      const { publicKeyOpenssh, ...fingerprints } = openSshPublicKey(key);
      assert.match(publicKeyOpenssh, new RegExp(`^${kind} [A-Za-z0-9+/]+=*\\n$`));
      assert.deepEqual(fingerprints, {
        publicKeyFingerprintSha256: sha256,
        publicKeyFingerprintMd5: md5,
      });
    });
  }
});
