import assert from "node:assert/strict";
import { checkEks } from "../../../../components/clusters/eks/check-eks.ts";
import type { EksSettings } from "../../../../components/clusters/settings.ts";
import type { Guard } from "../../../../components/core/guard.ts";
import { describeProblem } from "../../../../components/core/problem.ts";
import { ACCOUNT, eksSettings, nodePool, RELAXED, roleArn } from "../../../support/eks-fixtures.ts";

const complaints = (more: Partial<EksSettings>, guard: Guard = "strict") =>
  checkEks({ ...eksSettings, ...more }, guard).map(describeProblem);

const network = (more: Partial<EksSettings["network"]>) => ({
  network: { ...eksSettings.network, ...more },
});

const WRONG_PRINCIPAL =
  "expected the ARN of an IAM role or user. Write arn:aws:iam::ACCOUNT:role/NAME; of somebody signed " +
  "in through SSO, the role and not the session (arn:aws:sts::...:assumed-role/...).";

describe("checkEks", () => {
  it("finds nothing wrong with what is right", () => {
    assert.deepEqual(complaints({}), []);
    assert.deepEqual(complaints({ endpoint: "private", allowedCidrs: [] }), []);
  });

  it("refuses an endpoint that only GKE has", () => {
    assert.match(complaints({ endpoint: "dns", allowedCidrs: [] }).join(), /^endpoint: got "dns"/);
  });

  it("refuses zones of another region, and words that are none", () => {
    const zones = ["us-east-1a", "us-west-2a", "us-east-1aa", "us-east-1"];
    assert.deepEqual(
      complaints({ zones }).filter((text) => text.startsWith("zones[")),
      [1, 2, 3].map(
        (index) =>
          `zones[${index}]: got ${JSON.stringify(zones[index])}, expected a zone of the region us-east-1. ` +
          "Write zones such as us-east-1a, us-east-1b, us-east-1c.",
      ),
    );
  });

  it("refuses one zone even under relaxed, and two under strict", () => {
    const pools = { nodePools: eksSettings.nodePools };
    assert.deepEqual(complaints({ ...RELAXED, ...pools, zones: ["us-east-1a"] }, "relaxed"), [
      "zones: got 1, expected at least 2, because EKS makes no cluster in one zone. Write zones such " +
        "as us-east-1a, us-east-1b, us-east-1c; a pool with one node still has one.",
    ]);
    assert.deepEqual(
      complaints({ ...RELAXED, zones: eksSettings.zones.slice(0, 2) }, "relaxed"),
      [],
    );
    assert.deepEqual(complaints({ zones: eksSettings.zones.slice(0, 2) }), [
      "zones: got 2, expected at least 3, because slipway:guard is strict. Write zones such as " +
        "us-east-1a, us-east-1b, us-east-1c.",
    ]);
  });

  it("refuses ranges of Services that EKS does not take", () => {
    const words =
      "expected a range from /12 to /24 inside 10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16. Choose a " +
      "range that EKS takes, such as 10.72.0.0/20.";
    for (const services of ["10.104.0.0/25", "100.64.0.0/20", "10.0.0.0/11"]) {
      const inNet = complaints(network({ services, cidr: "192.168.0.0/16" }));
      assert.deepEqual(inNet, [`network.services: got "${services}", ${words}`]);
    }
  });

  it("refuses ranges of the network that overlap, naming both", () => {
    assert.deepEqual(complaints(network({ services: "10.96.32.0/20" })), [
      "network.services: got 10.96.32.0/20, expected no address of network.cidr (10.96.0.0/16). Move one of the two.",
    ]);
  });

  it("refuses private addresses before a public endpoint", () => {
    const words =
      "expected a range of the internet: a public endpoint never sees private addresses. Write the " +
      "public addresses that they leave by, or make endpoint private.";
    assert.deepEqual(complaints({ allowedCidrs: ["192.0.2.0/24", "10.1.0.0/16", "172.0.0.0/9"] }), [
      `allowedCidrs[1]: got "10.1.0.0/16", ${words}`,
      `allowedCidrs[2]: got "172.0.0.0/9", ${words}`,
    ]);
  });

  it("refuses the whole world, and more ranges than EKS takes", () => {
    assert.match(complaints({ allowedCidrs: ["0.0.0.0/0"] }).join("\n"), /as good as the world/);
    const allowedCidrs = Array.from({ length: 41 }, (_, index) => `198.51.100.${index}/32`);
    assert.deepEqual(complaints({ allowedCidrs }), [
      "allowedCidrs: got 41 in all, expected at most 40, which is what EKS takes. Join neighbouring " +
        "ranges, or make endpoint private.",
    ]);
    assert.deepEqual(complaints({ allowedCidrs: allowedCidrs.slice(1) }), []);
  });

  it("refuses principals that EKS cannot let in", () => {
    const session = `arn:aws:sts::${ACCOUNT}:assumed-role/deployer/alice`;
    const root = `arn:aws:iam::${ACCOUNT}:root`;
    assert.deepEqual(
      complaints({ deployer: session, admins: [root], viewers: ["group:developers"] }),
      [
        `deployer: got "${session}", ${WRONG_PRINCIPAL}`,
        `admins[0]: got "${root}", ${WRONG_PRINCIPAL}`,
        `viewers[0]: got "group:developers", ${WRONG_PRINCIPAL}`,
      ],
    );
  });

  it("takes roles with a path, users, and the other partitions of AWS", () => {
    const admins = [
      "arn:aws:iam::111122223333:role/aws-reserved/sso.amazonaws.com/AWSReservedSSO_Admin_0123456789abcdef",
      "arn:aws:iam::111122223333:user/alice@example.com",
      "arn:aws-us-gov:iam::111122223333:role/platform",
    ];
    assert.deepEqual(complaints({ admins }), []);
  });

  it("refuses to let somebody in twice", () => {
    assert.deepEqual(complaints({ admins: [roleArn("deployer"), roleArn("platform")] }), [
      `admins[0]: got "${roleArn("deployer")}", expected somebody else than deployer: EKS lets a ` +
        "principal in once. Remove one of the two.",
    ]);
    assert.match(complaints({ viewers: [roleArn("platform")] }).join(), /else than admins\[0\]/);
  });

  it("names everything that is wrong at once", () => {
    const problems = complaints({
      name: "x".repeat(101),
      kubernetesVersion: "1.28",
      deployer: "me",
      deletionProtection: false,
      ...network({ cidr: "10.96.0.0/22" }),
      nodePools: [nodePool()],
    });
    assert.deepEqual(
      problems.map((text) => text.slice(0, text.indexOf(":"))),
      ["name", "kubernetesVersion", "nodePools", "deletionProtection", "network.cidr", "deployer"],
    );
  });
});
