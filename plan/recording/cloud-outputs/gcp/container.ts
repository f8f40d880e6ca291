import { Secret } from "../../../secret.ts";
import { NO_CERTIFICATE, type CloudResource, type OutputRules } from "../cloud-resource.ts";
import { lastSegment } from "../properties.ts";
import { labels, locationOf, projectOf, zonesOf } from "./place.ts";

/** What Google would choose for a cluster that asks for no version. */
const DEFAULT_VERSION = "1.34";

/** The whole version of a cluster that asks for `1.34`: GKE adds patch and build. */
function fullVersion(asked: string): string {
  if (/-gke\./.test(asked)) return asked;
  return `${/^\d+\.\d+$/.test(asked) ? `${asked}.1` : asked}-gke.1000000`;
}

const clusterPath = (r: CloudResource, name: string) =>
  `projects/${projectOf(r)}/locations/${locationOf(r)}/clusters/${name}`;

/** One managed instance group for each zone. */
function instanceGroups(r: CloudResource, cluster: string, pool: string, kind: string): string[] {
  const group = `gke-${cluster}-${pool}-${r.hex("group", 8)}-grp`;
  return zonesOf(r).map(
    (zone) =>
      `https://www.googleapis.com/compute/v1/projects/${projectOf(r)}/zones/${zone}/${kind}/${group}`,
  );
}

export const CONTAINER: OutputRules = {
  "gcp:container/cluster:Cluster": (r) => {
    const id = clusterPath(r, r.text("name"));
    const version = fullVersion(r.text("minMasterVersion", DEFAULT_VERSION));
    const privateEndpoint = r.privateAddress();
    const publicEndpoint = r.publicAddress();
    const isPrivate = r.at("privateClusterConfig", "enablePrivateEndpoint") === true;
    // Google gives addresses without a scheme.
    const served = r.served?.endpoint.replace(/^https:\/\//, "");
    const dnsName = `gke-${r.hex("dns", 28)}-${r.account.projectNumber}`;
    return {
      id,
      outputs: {
        project: projectOf(r),
        location: locationOf(r),
        nodeLocations: zonesOf(r),
        endpoint: served ?? (isPrivate ? privateEndpoint : publicEndpoint),
        masterAuth: {
          clientCertificate: "",
          clientKey: new Secret(""),
          clusterCaCertificate: r.served?.certificateAuthority ?? NO_CERTIFICATE,
        },
        privateClusterConfig: {
          privateEndpoint: served ?? privateEndpoint,
          publicEndpoint: served ?? publicEndpoint,
          peeringName: "",
        },
        controlPlaneEndpointsConfig: {
          dnsEndpointConfig: {
            endpoint: served ?? `${dnsName}.${locationOf(r)}.gke.goog`,
          },
        },
        masterVersion: version,
        nodeVersion: r.text("nodeVersion", version),
        emulatedVersion: "",
        operation: "",
        labelFingerprint: r.hex("labels", 8),
        selfLink: `https://container.googleapis.com/v1/${id}`,
        clusterIpv4Cidr: r.text(
          "clusterIpv4Cidr",
          textOr(r.at("ipAllocationPolicy", "clusterIpv4CidrBlock"), "10.4.0.0/14"),
        ),
        servicesIpv4Cidr: textOr(
          r.at("ipAllocationPolicy", "servicesIpv4CidrBlock"),
          "34.118.224.0/20",
        ),
        tpuIpv4CidrBlock: "",
        ...labels(r, "resourceLabels"),
      },
    };
  },
  "gcp:container/nodePool:NodePool": (r) => {
    const cluster = lastSegment(r.text("cluster"));
    const pool = r.text("name");
    return {
      id: `${clusterPath(r, cluster)}/nodePools/${pool}`,
      outputs: {
        project: projectOf(r),
        location: locationOf(r),
        nodeLocations: zonesOf(r),
        instanceGroupUrls: instanceGroups(r, cluster, pool, "instanceGroupManagers"),
        managedInstanceGroupUrls: instanceGroups(r, cluster, pool, "instanceGroups"),
        operation: "",
      },
    };
  },
};

function textOr(value: unknown, fallback: string): string {
  return typeof value === "string" && value !== "" ? value : fallback;
}
