import { at, objectAt, textAt } from "../../json-access.ts";
import type { JsonObject } from "../../../property-values.ts";
import type { Manifest } from "../../manifest.ts";
import { fullName } from "../chart-names.ts";
import type { ReleaseSpec } from "../release-inputs.ts";
import { isOn, service, type StandInChart } from "./stand-in-chart.ts";

/** ingress-nginx: the Services of the controller and its IngressClass. */
export const ingressNginx: StandInChart = { objects: ingressNginxObjects };

function ingressNginxObjects(release: ReleaseSpec): Manifest[] {
  const controller = objectAt(release.values, "controller");
  const base = fullName(release.name, "ingress-nginx", textAt(release.values, "fullnameOverride"));
  const name = `${base}-${textAt(controller, "name") ?? "controller"}`;
  const selector = {
    "app.kubernetes.io/name": "ingress-nginx",
    "app.kubernetes.io/instance": release.name,
    "app.kubernetes.io/component": "controller",
  };
  const settings = objectAt(controller, "service");
  const type = textAt(settings, "type") ?? "LoadBalancer";
  const policy = textAt(settings, "externalTrafficPolicy") ?? "";
  const front = service(
    release,
    name,
    selector,
    [
      { name: "http", port: 80, targetPort: "http" },
      { name: "https", port: 443, targetPort: "https" },
    ],
    {
      spec: { type, ...(policy === "" ? {} : { externalTrafficPolicy: policy }) },
      annotations: objectAt(settings, "annotations"),
    },
  );
  const admission = service(release, `${name}-admission`, selector, [
    { name: "https-webhook", port: 443, targetPort: "webhook" },
  ]);
  const metrics = service(release, `${name}-metrics`, selector, [
    { name: "metrics", port: 10254, targetPort: "metrics" },
  ]);
  return [
    front,
    ...(isOn(controller, "admissionWebhooks", "enabled") ? [admission] : []),
    ...(at(controller, "metrics", "enabled") === true ? [metrics] : []),
    ...ingressClass(controller),
  ];
}

function ingressClass(controller: JsonObject): Manifest[] {
  const settings = objectAt(controller, "ingressClassResource");
  if (!isOn(settings, "enabled")) return [];
  const isDefault = settings["default"] === true;
  const annotations = { "ingressclass.kubernetes.io/is-default-class": "true" };
  return [
    {
      apiVersion: "networking.k8s.io/v1",
      kind: "IngressClass",
      metadata: {
        name: textAt(settings, "name") ?? "nginx",
        ...(isDefault ? { annotations } : {}),
      },
      spec: { controller: textAt(settings, "controllerValue") ?? "k8s.io/ingress-nginx" },
    },
  ];
}
