import { asObject, at, objectAt, objectsAt, textAt, type Json } from "../model/json.ts";
import { describeObject } from "../model/kubernetes-object.ts";
import type { PlanModel } from "../model/plan-model.ts";
import { containersOf, type PodTemplate } from "../model/pod-template.ts";
import type { Problem } from "../../components/core/problem.ts";
import { dangling, type Rule } from "./plan-problem.ts";

type Kind = "Secret" | "ConfigMap";

/** A reference to a Secret or ConfigMap, and to keys of it. */
interface Reference {
  readonly path: string;
  readonly kind: Kind;
  readonly name: string;
  readonly keys: readonly string[];
}

function reference(path: string, kind: Kind, source: Json, nameKey: string): Reference[] {
  const name = textAt(source, nameKey);
  if (name === undefined || at(source, "optional") === true) return [];
  const key = textAt(source, "key");
  const items = objectsAt(source, "items").map((item) => textAt(item, "key") ?? "");
  return [{ path, kind, name, keys: key === undefined ? items : [key] }];
}

function environment(container: Json, path: string): Reference[] {
  const single = objectsAt(container, "env").flatMap((variable) => {
    const from = objectAt(variable, "valueFrom");
    const place = `${path}.env.${textAt(variable, "name") ?? ""}`;
    return [
      ...reference(place, "Secret", objectAt(from, "secretKeyRef"), "name"),
      ...reference(place, "ConfigMap", objectAt(from, "configMapKeyRef"), "name"),
    ];
  });
  const whole = objectsAt(container, "envFrom").flatMap((source, index) => {
    const place = `${path}.envFrom[${index}]`;
    return [
      ...reference(place, "Secret", objectAt(source, "secretRef"), "name"),
      ...reference(place, "ConfigMap", objectAt(source, "configMapRef"), "name"),
    ];
  });
  return [...single, ...whole];
}

function volumes({ spec, path }: PodTemplate): Reference[] {
  return objectsAt(spec, "volumes").flatMap((volume) => {
    const place = `${path}.volumes.${textAt(volume, "name") ?? ""}`;
    const parts = objectsAt(volume, "projected", "sources").flatMap((source) => [
      ...reference(place, "Secret", objectAt(source, "secret"), "name"),
      ...reference(place, "ConfigMap", objectAt(source, "configMap"), "name"),
    ]);
    return [
      ...reference(place, "Secret", objectAt(volume, "secret"), "secretName"),
      ...reference(place, "ConfigMap", objectAt(volume, "configMap"), "name"),
      ...parts,
    ];
  });
}

function pullSecrets({ spec, path }: PodTemplate): Reference[] {
  return objectsAt(spec, "imagePullSecrets").flatMap((source, index) =>
    reference(`${path}.imagePullSecrets[${index}]`, "Secret", source, "name"),
  );
}

function checkReference(model: PlanModel, namespace: string, wanted: Reference): Problem[] {
  const { path, kind, name, keys } = wanted;
  const present = model.keysOf(kind, namespace, name);
  if (present === undefined) {
    const names = model.ofKind(kind, namespace).map((object) => object.name);
    return [dangling(path, name, `a ${kind} in namespace ${namespace}`, names)];
  }
  return keys
    .filter((key) => !present.includes(key))
    .map((key) => dangling(path, key, `a key of ${kind} ${name}`, present));
}

/** Environment and volumes that name a Secret, a ConfigMap or a key of one that is not there. */
export const configReferences: Rule = (model) =>
  model.pods.flatMap((pod) => {
    const references = [
      ...containersOf(pod).flatMap(({ body, path }) => environment(body, path)),
      ...volumes(pod),
      ...pullSecrets(pod),
    ];
    return references
      .flatMap((wanted) => checkReference(model, pod.namespace, wanted))
      .map((problem) => ({ place: describeObject(pod.owner), problem }));
  });

/** Mounts of volumes that the pod does not have. */
export const volumeMounts: Rule = ({ pods }) =>
  pods.flatMap((pod) => {
    const names = [
      ...objectsAt(pod.spec, "volumes").map((volume) => textAt(volume, "name") ?? ""),
      ...pod.claimTemplates.map((claim) => textAt(claim, "metadata", "name") ?? ""),
    ];
    return containersOf(pod).flatMap(({ body, path }) =>
      objectsAt(body, "volumeMounts")
        .map((mount) => textAt(mount, "name") ?? "")
        .filter((name) => !names.includes(name))
        .map((name) => ({
          place: describeObject(pod.owner),
          problem: dangling(`${path}.volumeMounts`, name, "a volume of the pod", names),
        })),
    );
  });

/** Claims that are mounted and not there. */
export const claimReferences: Rule = (model) =>
  model.pods.flatMap((pod) =>
    objectsAt(pod.spec, "volumes").flatMap((volume) => {
      const claim = textAt(volume, "persistentVolumeClaim", "claimName");
      if (claim === undefined) return [];
      const claims = model.ofKind("PersistentVolumeClaim", pod.namespace).map(({ name }) => name);
      if (claims.includes(claim)) return [];
      const path = `${pod.path}.volumes.${textAt(volume, "name") ?? ""}`;
      const expected = `a PersistentVolumeClaim in namespace ${pod.namespace}`;
      return [
        { place: describeObject(pod.owner), problem: dangling(path, claim, expected, claims) },
      ];
    }),
  );

/** Pods under a ServiceAccount that is not there: none of them would be created. */
export const serviceAccounts: Rule = (model) =>
  model.pods.flatMap((pod) => {
    const account = textAt(pod.spec, "serviceAccountName") ?? "default";
    const names = ["default", ...model.ofKind("ServiceAccount", pod.namespace).map((a) => a.name)];
    if (names.includes(account)) return [];
    const expected = `a ServiceAccount in namespace ${pod.namespace}`;
    const path = `${pod.path}.serviceAccountName`;
    return [
      { place: describeObject(pod.owner), problem: dangling(path, account, expected, names) },
    ];
  });

/** Keys under which charts take the name of a Secret that is already there. */
const EXISTING_SECRET = /^existingSecret(Name)?$/;

/** Secrets that a chart is told to use and that are not there, or lack a key that it is told of. */
export const releaseSecrets: Rule = (model) =>
  model.releases.flatMap(({ namespace, name, values }) =>
    existingSecrets(values, "values").flatMap(({ path, secret, keys }) =>
      checkReference(model, namespace, { path, kind: "Secret", name: secret, keys }).map(
        (problem) => ({ place: `Release ${namespace}/${name}`, problem }),
      ),
    ),
  );

function existingSecrets(
  value: Json,
  path: string,
): { path: string; secret: string; keys: string[] }[] {
  const here = Object.entries(value).flatMap(([key, item]) => {
    if (!EXISTING_SECRET.test(key) || typeof item !== "string" || item === "") return [];
    const keys = ["userKey", "passwordKey"].flatMap((name) => textAt(value, name) ?? []);
    return [{ path: `${path}.${key}`, secret: item, keys }];
  });
  const below = Object.entries(value).flatMap(([key, item]) =>
    existingSecrets(asObject(item), `${path}.${key}`),
  );
  return [...here, ...below];
}
