import { z } from "zod";
import type { ResourceBounds } from "../../components/core/quantity.ts";

/**
 * Documentation of one key. It reaches editors through the generated JSON Schema. `rows` are the ids of
 * the requirements (docs/requirements/) that the key or its default comes from.
 */
export interface Doc {
  readonly description: string;
  readonly rows?: readonly string[];
}

/** The doc as zod's metadata; the rows are put into the description too, where an editor shows them. */
function meta({ description, rows = [] }: Doc): { description: string; rows?: string[] } {
  if (rows.length === 0) return { description };
  return { description: `${description} (${rows.join(", ")})`, rows: [...rows] };
}

/*
 * Each maker words its error as a rule that follows "expected", because shape-problems.ts puts it there.
 */

/** A map with these keys and no others. */
export function section<S extends z.core.$ZodLooseShape>(doc: Doc, shape: S) {
  return z.strictObject(shape, { error: "a map of keys" }).meta(meta(doc));
}

/** A list of at least one. */
export function list<T extends z.core.SomeType>(doc: Doc, element: T) {
  const error = "a list of at least one";
  return z.array(element, { error }).min(1, { error }).meta(meta(doc));
}

/** A list that may be empty. */
export function someOf<T extends z.core.SomeType>(doc: Doc, element: T) {
  return z.array(element, { error: "a list" }).meta(meta(doc));
}

/** Addresses in CIDR notation, judged by the check of who uses them. */
export function addressRange(doc: Doc) {
  return text(doc, {
    expected: "an address range such as 192.0.2.0/24",
    examples: ["192.0.2.0/24", "198.51.100.0/24"],
  });
}

/** A whole number in a range, both ends included. */
export function wholeNumber(doc: Doc, min: number, max: number) {
  const error = `a whole number from ${min} to ${max}`;
  return z.int({ error }).min(min, { error }).max(max, { error }).meta(meta(doc));
}

export function flag(doc: Doc) {
  return z.boolean({ error: "true or false" }).meta(meta(doc));
}

/** One of a few words. */
export function oneOf<const T extends readonly string[]>(doc: Doc, words: T) {
  const quoted = words.map((word) => JSON.stringify(word));
  const error = quoted.length === 1 ? String(quoted[0]) : `one of ${quoted.join(", ")}`;
  return z.enum(words, { error }).meta(meta(doc));
}

/** Two sound values: shown by editors, and stood in for a broken one while the rest is checked. */
type Examples = readonly [string, string];

interface TextRule {
  /** Follows "expected". */
  readonly expected: string;
  readonly examples: Examples;
  /** Left out where a `checkX` judges the text; `editorPattern` then only helps editors. */
  readonly pattern?: RegExp;
  readonly editorPattern?: RegExp;
}

export function text(doc: Doc, rule: TextRule) {
  const { expected: error, pattern, editorPattern } = rule;
  const plain = z.string({ error });
  const matching = pattern === undefined ? plain : plain.regex(pattern, { error });
  return matching.meta({
    ...meta(doc),
    examples: [...rule.examples],
    ...(editorPattern === undefined ? {} : { pattern: editorPattern.source }),
  });
}

/** Any text without spaces or control characters. */
export function word(doc: Doc, examples: Examples) {
  return text(doc, {
    expected: "text without spaces or control characters",
    examples,
    pattern: /^((?!\s)[!-~\u00a1-\uffff])+$/,
  });
}

/** What names of nodes start with: a DNS label with room for a number after it. */
export function nodePrefix(doc: Doc) {
  return text(doc, {
    expected: "lower-case letters, digits and dashes, 40 at most",
    examples: ["general", "data"],
    pattern: /^[a-z0-9]([-a-z0-9]{0,38}[a-z0-9])?$/,
  });
}

/** A CPU quantity, judged by checkCpu. */
export function cpu(doc: Doc) {
  return text(doc, {
    expected: 'a CPU quantity such as "250m" or "2"',
    examples: ["250m", "2"],
    editorPattern: /^(?=.*[1-9])\d+(\.\d{1,3})?m?$/,
  });
}

/** A memory or storage quantity, judged by checkMemory. */
export function bytes(doc: Doc) {
  return text(doc, {
    expected: 'a quantity with a unit, such as "512Mi" or "2Gi"',
    examples: ["512Mi", "2Gi"],
    editorPattern: /^\d+(\.\d+)?(Ki|Mi|Gi|Ti)$/,
  });
}

/** An image reference, judged by checkImage. */
export function image(doc: Doc) {
  return text(doc, {
    expected: "an image reference such as registry.example.com/team/app:v1.0.0",
    examples: ["registry.example.com/team/app:v1.0.0", "registry.example.com/team/app:v1.1.0"],
  });
}

/** A registry, with or without folders in it, below which images are pulled. */
export function imagePrefix(doc: Doc) {
  return text(doc, {
    expected: "a registry and folders, without https:// and without a slash at the end",
    examples: ["registry.example.com/mirror", "localhost:5001"],
    pattern: /^[a-z0-9]+([.-][a-z0-9]+)*(:\d+)?(\/[a-z0-9]+([._-]+[a-z0-9]+)*)*$/,
  });
}

/** The name of a Kubernetes object that is a DNS label, such as a namespace. */
export function dnsLabel(doc: Doc) {
  return text(doc, {
    expected: "lower-case letters, digits and dashes, 63 at most",
    examples: ["team-a", "team-b"],
    pattern: /^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/,
  });
}

/** A word that is only compared with the one before it. */
export function keeper(doc: Doc) {
  return text(doc, {
    expected: "letters, digits, dots and dashes in quotes, 40 at most",
    examples: ["1", "2026-11-21"],
    pattern: /^[A-Za-z0-9]([A-Za-z0-9.-]{0,38}[A-Za-z0-9])?$/,
  });
}

/** A point in time with its offset, such as `date --iso-8601=seconds` prints. */
export function time(doc: Doc) {
  return text(doc, {
    expected: 'a time in quotes, such as "2026-11-21T10:00:00Z"',
    examples: ["2026-11-21T10:00:00Z", "2026-11-21T11:00:00+01:00"],
    pattern: /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})$/,
  });
}

/** The name of a Secret. */
export function secretName(doc: Doc) {
  return text(doc, {
    expected: "lower-case letters, digits, dots and dashes, 253 at most",
    examples: ["registry-login", "registry-login.2"],
    pattern: /^(?=.{1,253}$)[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/,
  });
}

/** A host name of at least two labels, without scheme, port or path. */
export function host(doc: Doc) {
  return text(doc, {
    expected: "a host name such as studio.example.com, without scheme, port or path",
    examples: ["studio.example.com", "app.example.com"],
    pattern:
      /^(?=.{3,253}$)([a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?\.)+[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/,
  });
}

export function email(doc: Doc) {
  return text(doc, {
    expected: "an e-mail address",
    examples: ["platform@example.com", "operations@example.com"],
    pattern: /^[^\s@]+@[^\s@]+\.[^\s@]+$/,
  });
}

/** An https address of a folder. */
export function httpsFolder(doc: Doc) {
  return text(doc, {
    expected: "an https address without a slash at its end",
    examples: ["https://docs.acme.dev/runbooks", "https://docs.acme.dev/slipway/runbooks"],
    pattern: /^https:\/\/[^\s/]+(\/[^\s/]+)*$/,
  });
}

/** Five fields that say when something runs, judged by checkSchedule. */
export function schedule(doc: Doc) {
  return text(doc, {
    expected: "five fields such as 0 2 * * *",
    examples: ["0 2 * * *", "30 3 * * *"],
  });
}

/** The name of a backup's file, judged by checkRestore. */
export function backupFile(doc: Doc) {
  return text(doc, {
    expected: "latest, or the name of a backup",
    examples: ["latest", "latest"],
  });
}

/** When something was asked for, judged by checkRestore. */
export function requestTime(doc: Doc) {
  return text(doc, {
    expected: 'a time in quotes, such as "2026-11-21T10:00"',
    examples: ["2026-11-21T10:00", "2026-11-21T11:00"],
  });
}

export function uuid(doc: Doc) {
  return text(doc, {
    expected: "a UUID such as 123e4567-e89b-12d3-a456-426614174000",
    examples: ["123e4567-e89b-12d3-a456-426614174000", "123e4567-e89b-12d3-a456-426614174001"],
    pattern: /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i,
  });
}

/** A map of texts under names of the writer's own. */
export function texts(doc: Doc) {
  return z
    .record(z.string(), z.string({ error: "text" }), { error: "a map of texts" })
    .meta(meta(doc));
}

/** Sealed texts by key, by the name of their Secret, judged by checkSecrets. */
export function sealedTexts(doc: Doc) {
  const sealed = z.record(z.string(), z.string({ error: "a sealed text" }), {
    error: "a map of sealed texts",
  });
  return z.record(z.string(), sealed, { error: "a map of Secrets" }).meta(meta(doc));
}

const REQUESTS = "What the scheduler sets aside for each pod.";
const LIMITS = "The most that each pod may use; above its memory limit a pod is killed.";

/** Requests and limits of one container, judged by checkResourceBounds. */
export function resourceBounds(doc: Doc) {
  const pair = (description: string) =>
    section({ description }, { cpu: cpu({ description }), memory: bytes({ description }) });
  return section(doc, { requests: pair(REQUESTS), limits: pair(LIMITS) });
}

/** The same, of which a stack file writes only what differs from the defaults (E-45). */
export function partialResourceBounds(doc: Doc, defaults: ResourceBounds) {
  const pair = (description: string, own: ResourceBounds["requests"]) =>
    section(
      { description },
      {
        cpu: cpu({ description }).default(own.cpu),
        memory: bytes({ description }).default(own.memory),
      },
    ).default({ ...own });
  return section(doc, {
    requests: pair(REQUESTS, defaults.requests),
    limits: pair(LIMITS, defaults.limits),
  }).default({ requests: { ...defaults.requests }, limits: { ...defaults.limits } });
}

/**
 * Sizes of the containers of an add-on, by part, of which a stack file writes only what differs. What is
 * left out keeps the default of add-on-resources.ts, so nothing is filled in here.
 */
export function partResources(parts: Readonly<Record<string, ResourceBounds>>) {
  const pair = (description: string) =>
    section(
      { description },
      {
        cpu: cpu({ description }).exactOptional(),
        memory: bytes({ description }).exactOptional(),
      },
    ).exactOptional();
  const bounds = (part: string) =>
    section(
      { description: `Sizes of ${part}.` },
      { requests: pair(REQUESTS), limits: pair(LIMITS) },
    ).exactOptional();
  return section(
    { description: "Sizes of its containers, by part.", rows: ["E-45"] },
    Object.fromEntries(Object.keys(parts).map((part) => [part, bounds(part)])),
  ).exactOptional();
}
