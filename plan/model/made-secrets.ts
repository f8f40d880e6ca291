import { objectAt, objectsAt, textAt } from "./json.ts";
import type { KubernetesObject } from "./kubernetes-object.ts";

/** Keys, in alphabetical order, of the Secrets that controllers make of objects in a namespace, by name. */
export function madeSecrets(
  objects: readonly KubernetesObject[],
  namespace: string,
): ReadonlyMap<string, string[]> {
  return new Map(
    objects.flatMap((object) => {
      const read = READERS[`${object.group}/${object.kind}`];
      if (read === undefined || object.namespace !== namespace) return [];
      const { name, keys } = read(object);
      return [[name, keys.toSorted()] as const];
    }),
  );
}

type Reader = (object: KubernetesObject) => { readonly name: string; readonly keys: string[] };

const READERS: Readonly<Record<string, Reader>> = {
  "external-secrets.io/ExternalSecret": ({ name, body }) => ({
    name: textAt(body, "spec", "target", "name") ?? name,
    keys: objectsAt(body, "spec", "data").flatMap((item) => textAt(item, "secretKey") ?? []),
  }),
  "bitnami.com/SealedSecret": ({ name, body }) => ({
    name,
    keys: [
      ...Object.keys(objectAt(body, "spec", "encryptedData")),
      ...Object.keys(objectAt(body, "spec", "template", "data")),
    ],
  }),
};
