import { autonameOf } from "../../../plan/recording/cloud-outputs/index.ts";
import type { PropertyMap } from "../property-values.ts";
import type { CheckFailure } from "../provider.ts";

/** Which names a type may have, and the rule in words. */
interface NameRule {
  readonly pattern: RegExp;
  readonly words: string;
}

const DNS_LABEL: NameRule = {
  pattern: /^[a-z]([-a-z0-9]*[a-z0-9])?$/,
  words: "small letters, digits and hyphens, a letter first and no hyphen last",
};
const BUCKET: NameRule = {
  pattern: /^[a-z0-9][-a-z0-9._]{1,61}[a-z0-9]$/,
  words: "3 to 63 small letters, digits, dots and hyphens, a letter or digit first and last",
};
const UUID: NameRule = {
  pattern: /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i,
  words: "a UUID",
};

const RULES: Readonly<Record<string, NameRule>> = {
  "gcp:compute/network:Network": DNS_LABEL,
  "gcp:compute/subnetwork:Subnetwork": DNS_LABEL,
  "gcp:compute/router:Router": DNS_LABEL,
  "gcp:compute/routerNat:RouterNat": DNS_LABEL,
  "gcp:compute/firewall:Firewall": DNS_LABEL,
  "gcp:compute/address:Address": DNS_LABEL,
  "gcp:compute/globalAddress:GlobalAddress": DNS_LABEL,
  "gcp:container/cluster:Cluster": DNS_LABEL,
  "gcp:container/nodePool:NodePool": DNS_LABEL,
  "gcp:sql/databaseInstance:DatabaseInstance": DNS_LABEL,
  "gcp:serviceaccount/account:Account": {
    pattern: /^[a-z][-a-z0-9]{4,28}[a-z0-9]$/,
    words: "6 to 30 small letters, digits and hyphens, a letter first and no hyphen last",
  },
  "gcp:storage/bucket:Bucket": BUCKET,
  "aws:s3/bucket:Bucket": BUCKET,
  "aws:eks/cluster:Cluster": {
    pattern: /^[0-9A-Za-z][-_0-9A-Za-z]{0,99}$/,
    words: "1 to 100 letters, digits, hyphens and underscores, a letter or digit first",
  },
  "azure-native:storage:StorageAccount": {
    pattern: /^[a-z0-9]{3,24}$/,
    words: "3 to 24 small letters and digits",
  },
  "azure-native:containerregistry:Registry": {
    pattern: /^[A-Za-z0-9]{5,50}$/,
    words: "5 to 50 letters and digits",
  },
  "azure-native:keyvault:Vault": {
    pattern: /^[A-Za-z](?!.*--)[-A-Za-z0-9]{1,22}[A-Za-z0-9]$/,
    words: "3 to 24 letters, digits and single hyphens, a letter first and no hyphen last",
  },
  "azure-native:containerservice:ManagedCluster": {
    pattern: /^[A-Za-z0-9]([-_A-Za-z0-9]{0,61}[A-Za-z0-9])?$/,
    words: "1 to 63 letters, digits, hyphens and underscores, a letter or digit first and last",
  },
  "azure-native:containerservice:AgentPool": {
    pattern: /^[a-z][a-z0-9]{0,11}$/,
    words: "1 to 12 small letters and digits, a letter first",
  },
  "azure-native:dbforpostgresql:Server": {
    pattern: /^[a-z0-9][-a-z0-9]{1,61}[a-z0-9]$/,
    words: "3 to 63 small letters, digits and hyphens, no hyphen first or last",
  },
  "azure-native:authorization:RoleAssignment": UUID,
};

/** Why a cloud would not take a resource's name. The provider itself lets most of it pass. */
export function checkName(type: string, inputs: PropertyMap): CheckFailure[] {
  const rule = autonameOf(type);
  const name = rule === undefined ? undefined : inputs[rule.input];
  if (rule === undefined || typeof name !== "string") return [];
  const allowed = RULES[type];
  if (allowed !== undefined && !allowed.pattern.test(name)) {
    return [{ property: rule.input, reason: `got "${name}", expected ${allowed.words}` }];
  }
  if (rule.longest === undefined || name.length <= rule.longest) return [];
  const reason = `got "${name}" of ${name.length} characters, expected at most ${rule.longest}`;
  return [{ property: rule.input, reason }];
}
