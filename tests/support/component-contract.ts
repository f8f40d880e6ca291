import type * as pulumi from "@pulumi/pulumi";
import { maskSecrets, type RecordedResource, type Recording } from "../../plan/recording.ts";
import { madeBy, recordOn, type Ground } from "./recorded-program.ts";

/** What the contract gives to every component; the options that all of them take. */
export interface ContractOptions {
  readonly providers: pulumi.ProviderResource[];
  readonly transformations?: pulumi.ResourceTransformation[];
}

/** How to make one component for the contract. */
export interface ComponentFixture {
  /** The component under the logical name, with the name as part of every place that it goes to. */
  readonly create: (name: string, ground: Ground, opts: ContractOptions) => pulumi.Resource;
  /** Why a cluster can hold one of it only; left out where it can hold more. */
  readonly onlyOnce?: string;
}

/** A secret that fixtures hand to components that take one, so that the contract can look for it. */
export const KNOWN_SECRET = "correct-horse-battery-staple";

/** Everything that one article of the contract finds wrong with a component: what, and where. */
export type Article = (fixture: ComponentFixture) => Promise<string[]>;

/** What every component has to meet, whatever it makes. */
export const CONTRACT: Readonly<Record<string, Article>> = {
  "is the parent of all that it makes": async (fixture) => {
    const made = madeBy(await make(fixture, ["first"]));
    const urns = new Set(made.map(urnOf));
    return childrenIn(made)
      .filter(({ parent }) => !urns.has(parent ?? ""))
      .map(urnOf);
  },

  "hands its provider on to all its children": async (fixture) => {
    const made = madeBy(await make(fixture, ["first"]));
    const own = new Set(made.map(urnOf));
    return made.filter((resource) => !hasExplicitProvider(resource, own)).map(urnOf);
  },

  "begins the name of every child with its own": async (fixture) => {
    const made = madeBy(await make(fixture, ["first"]));
    return childrenIn(made)
      .filter(({ name }) => !name.startsWith("first-"))
      .map(urnOf);
  },

  "gives two instances different URNs": async (fixture) =>
    repeated(madeBy(await make(fixture, ["first", "second"])).map(urnOf)),

  "can be there twice in one cluster": async (fixture) =>
    fixture.onlyOnce === undefined
      ? repeated(physicalNames(await make(fixture, ["first", "second"])))
      : [],

  "registers the same in every run": async (fixture) => {
    const [once, again] = [await make(fixture, ["first"]), await make(fixture, ["first"])];
    const before = new Map(
      madeBy(once).map((resource) => [resource.urn, JSON.stringify(resource)]),
    );
    return madeBy(again)
      .filter((resource) => before.get(resource.urn) !== JSON.stringify(resource))
      .map(urnOf);
  },

  "shows no secret in clear": async (fixture) => {
    const forms = [KNOWN_SECRET, Buffer.from(KNOWN_SECRET).toString("base64")];
    return madeBy(await make(fixture, ["first"]))
      .filter(({ inputs, outputs }) => {
        const text = JSON.stringify([maskSecrets(inputs), maskSecrets(outputs)]);
        return forms.some((form) => text.includes(form));
      })
      .map(urnOf);
  },

  "makes nothing inside apply": async (fixture) => {
    const late: string[] = [];
    await recordOn((ground) => {
      let constructed = false;
      // Called synchronously by the constructor of every resource below the component.
      const note: pulumi.ResourceTransformation = ({ name }) => {
        if (constructed) late.push(name);
        return undefined;
      };
      fixture.create("first", ground, { providers: ground.providers, transformations: [note] });
      constructed = true;
    });
    return late;
  },

  "shows all that it makes when nothing is known yet": async (fixture) => {
    const known = madeBy(await make(fixture, ["first"])).map(urnOf);
    const unknown = madeBy(await make(fixture, ["first"], { preview: true })).map(urnOf);
    return [
      ...known.filter((urn) => !unknown.includes(urn)),
      ...unknown.filter((urn) => !known.includes(urn)),
    ];
  },
};

function make(
  fixture: ComponentFixture,
  names: readonly string[],
  options: { readonly preview?: boolean } = {},
): Promise<Recording> {
  return recordOn((ground) => {
    for (const name of names) fixture.create(name, ground, { providers: ground.providers });
  }, options);
}

/** All but the component itself, which need not be registered first. */
function childrenIn(made: readonly RecordedResource[]): RecordedResource[] {
  return made.filter(({ name }) => name !== "first");
}

function urnOf({ urn }: { readonly urn: string }): string {
  return urn;
}

/** Custom resources name one; a provider that the component itself makes needs none. */
function hasExplicitProvider(resource: RecordedResource, own: ReadonlySet<string>): boolean {
  if (!resource.custom || resource.type.startsWith("pulumi:providers:")) return true;
  const provider = resource.providerUrn ?? "";
  return own.has(provider) || /::test-(cluster|random|tls)$/.test(provider);
}

function repeated(items: readonly string[]): string[] {
  return items.filter((item, index) => items.indexOf(item) !== index);
}

/** Kind, namespace and name of every Kubernetes object that brings its name. */
function physicalNames(recording: Recording): string[] {
  return madeBy(recording).flatMap(({ type, inputs }) => {
    const { name, namespace } = (inputs["metadata"] ?? inputs) as Record<string, unknown>;
    if (!type.startsWith("kubernetes:") || typeof name !== "string") return [];
    return [[type, typeof namespace === "string" ? namespace : "", name].join(" ")];
  });
}
