import type { CloudAccount } from "./account.ts";
import { asUuid, digest, digitsOf } from "./drawn-numbers.ts";
import { isProperties, type Properties } from "./properties.ts";

/** The packages whose resources are clouds', as in type tokens. */
export const CLOUDS = ["gcp", "aws", "azure-native"] as const;
export type Cloud = (typeof CLOUDS)[number];

/** What a cloud would answer with. Values that it hides are instances of Secret. */
export interface CloudAnswer {
  readonly id: string;
  /** What comes back besides the inputs, and what fills them up. */
  readonly outputs: Properties;
}

/** Answers for one type of resource. */
export type OutputRule = (resource: CloudResource) => CloudAnswer;

/** The answers of a package by type token. */
export type OutputRules = Readonly<Record<string, OutputRule>>;

/** When everything here was created: a plan knows no clock. */
export const CREATED = "2026-01-01T00:00:00Z";

/** An API server that answers, in place of the one that a cloud would run. */
export interface ServedApi {
  /** `https://127.0.0.1:PORT`. */
  readonly endpoint: string;
  /** Base64 of PEM. */
  readonly certificateAuthority: string;
}

export interface CloudResourceArgs {
  readonly type: string;
  /** The logical name. */
  readonly name: string;
  /** Plain, without secret marks, the automatic name among them. */
  readonly inputs: Properties;
  readonly account: CloudAccount;
  /** Tells resources apart that share type and logical name in one account. @default 0 */
  readonly copy?: number;
  /** How often the resource has been written; a launch template counts by it. @default 1 */
  readonly revision?: number;
  /** Of a cluster: where it is reached. Absent in a plan, which has a fixed name of the right shape. */
  readonly served?: ServedApi;
}

/** One resource as the rules see it: its inputs, and numbers that are drawn from its name alone. */
export class CloudResource {
  readonly type: string;
  readonly name: string;
  readonly inputs: Properties;
  readonly account: CloudAccount;
  readonly revision: number;
  readonly served: ServedApi | undefined;
  readonly #copy: number;

  constructor({ type, name, inputs, account, copy = 0, revision = 1, served }: CloudResourceArgs) {
    this.type = type;
    this.name = name;
    this.inputs = inputs;
    this.account = account;
    this.revision = revision;
    this.served = served;
    this.#copy = copy;
  }

  /** Which of those it is that share type and logical name, from 1: a replacement is there beside the old. */
  get number(): number {
    return this.#copy + 1;
  }

  /** An input that is a text; the fallback where it is none. */
  text(key: string, fallback = ""): string {
    const value = this.inputs[key];
    return typeof value === "string" && value !== "" ? value : fallback;
  }

  /** An input below others, such as `at("settings", "ipConfiguration", "ipv4Enabled")`. */
  at(...path: readonly string[]): unknown {
    return path.reduce<unknown>(
      (value, key) => (isProperties(value) ? value[key] : undefined),
      this.inputs,
    );
  }

  /** An input that is a list; empty where it is none. */
  list(...path: readonly string[]): readonly unknown[] {
    const value = this.at(...path);
    return Array.isArray(value) ? (value as unknown[]) : [];
  }

  /** An input that is a map; empty where it is none. */
  map(...path: readonly string[]): Properties {
    const value = this.at(...path);
    return isProperties(value) ? value : {};
  }

  /** Hexadecimal digits for a purpose, always the same for this resource. */
  hex(purpose: string, length: number): string {
    return digest([this.type, this.name, String(this.#copy), purpose].join("\n")).slice(0, length);
  }

  /** Decimal digits for a purpose, the first of them not 0. */
  digits(purpose: string, length: number): string {
    return digitsOf([this.type, this.name, String(this.#copy), purpose].join("\n"), length);
  }

  uuid(purpose: string): string {
    return asUuid(this.hex(purpose, 32));
  }

  /** A public address of the range that is set aside for documentation. */
  publicAddress(): string {
    return `203.0.113.${(parseInt(this.hex("public address", 4), 16) % 254) + 1}`;
  }

  /** A private address. */
  privateAddress(): string {
    const number = parseInt(this.hex("private address", 4), 16);
    return `10.255.${number % 256}.${((number >> 8) % 254) + 1}`;
  }
}

/** A certificate's place: base64 of a PEM block that says that it is none. */
export const NO_CERTIFICATE = Buffer.from(
  "-----BEGIN CERTIFICATE-----\n[generated]\n-----END CERTIFICATE-----\n",
).toString("base64");
