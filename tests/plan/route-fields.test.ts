import assert from "node:assert/strict";
import fs from "node:fs";
import path from "node:path";
import type { FullRouteArgs } from "../../components/workloads/route-args.ts";
import { BASE } from "./route-fields/base-route.ts";
import { gatewayApiObjects, ingressObjects } from "./route-fields/reading.ts";
import { ELSEWHERE, ROUTE_FIELDS } from "./route-fields/route-fields.ts";
import { routeFieldsPage } from "./route-fields/table.ts";
import { ROOT } from "./run-plan.ts";

/** All arguments; one more does not compile here until it is added, and then fails the test below. */
const ARGUMENTS: Readonly<Record<keyof FullRouteArgs, true>> = {
  namespace: true,
  system: true,
  ingressName: true,
  host: true,
  paths: true,
  ingress: true,
  tls: true,
  controller: true,
  requestsPerSecond: true,
  maxBodyMiB: true,
  timeoutSeconds: true,
};

describe("a route, as an Ingress and in the Gateway API", () => {
  for (const { argument, value, changed, ingress, gateway } of ROUTE_FIELDS) {
    it(`${argument}: both say it, and both follow a change of it`, () => {
      assert.notDeepEqual(value(changed), value(BASE));
      for (const args of [BASE, changed]) {
        const wanted = value(args);
        assert.deepEqual(ingress.read(ingressObjects(args)), wanted, "Ingress");
        assert.deepEqual(gateway.read(gatewayApiObjects(args)), wanted, "Gateway API");
      }
    });

    it(`${argument}: a change of it changes no other`, () => {
      const others = ROUTE_FIELDS.filter((field) => field.argument !== argument);
      for (const field of others) {
        // Without TLS there is no certificate to say anything of.
        if (argument === "tls" && changed.tls === undefined) continue;
        assert.deepEqual(field.value(changed), field.value(BASE), field.argument);
        assert.deepEqual(
          field.ingress.read(ingressObjects(changed)),
          field.gateway.read(gatewayApiObjects(changed)),
          field.argument,
        );
      }
    });
  }

  it("leaves no argument out", () => {
    const covered = [...ROUTE_FIELDS.map(({ covers }) => covers), ...Object.keys(ELSEWHERE)];
    assert.deepEqual([...new Set(covered)].toSorted(), Object.keys(ARGUMENTS).toSorted());
  });

  it("what is served is said in each one's own words", () => {
    const { ingress } = ingressObjects(BASE);
    assert.equal(
      (ingress as { spec: { ingressClassName: string } }).spec.ingressClassName,
      "nginx",
    );
    const { gateway } = gatewayApiObjects(BASE);
    assert.equal(
      (gateway as { spec: { gatewayClassName: string } }).spec.gatewayClassName,
      "envoy",
    );
  });

  it("is on the page as it is (make generate)", () => {
    const file = path.join(ROOT, "docs/reference/route-fields.md");
    assert.equal(fs.readFileSync(file, "utf8"), routeFieldsPage());
  });
});
