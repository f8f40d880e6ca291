import { CREATED, type CloudResource, type OutputRules } from "../cloud-resource.ts";
import { lastSegment } from "../properties.ts";
import { etag, labels, projectOf, regionOf, selfLink } from "./place.ts";

const global = (r: CloudResource, kind: string) =>
  `projects/${projectOf(r)}/global/${kind}/${r.text("name")}`;

const regional = (r: CloudResource, kind: string) =>
  `projects/${projectOf(r)}/regions/${regionOf(r)}/${kind}/${r.text("name")}`;

/** The first address of a range, which is the gateway's. */
function firstAddress(range: string): string {
  const [a = "10", b = "0", c = "0", d = "0"] = (range.split("/")[0] ?? "").split(".");
  return [a, b, c, String(Number(d) + 1)].join(".");
}

/** A range that is reserved for peered services starts at the address that Google picks. */
function globalAddress(r: CloudResource): string {
  if (r.text("addressType") !== "INTERNAL") return r.publicAddress();
  return `10.${200 + (parseInt(r.hex("range", 2), 16) % 50)}.0.0`;
}

export const NETWORK: OutputRules = {
  "gcp:compute/network:Network": (r) => {
    const id = global(r, "networks");
    const number = r.digits("number", 19);
    return {
      id,
      outputs: {
        project: projectOf(r),
        selfLink: selfLink(id),
        networkId: number,
        numericId: number,
        gatewayIpv4: "",
        routingMode: r.text("routingMode", "REGIONAL"),
      },
    };
  },
  "gcp:compute/subnetwork:Subnetwork": (r) => {
    const id = regional(r, "subnetworks");
    return {
      id,
      outputs: {
        project: projectOf(r),
        region: regionOf(r),
        selfLink: selfLink(id),
        creationTimestamp: CREATED,
        fingerprint: r.hex("fingerprint", 11),
        gatewayAddress: firstAddress(r.text("ipCidrRange")),
        ipv6CidrRange: "",
        ipv6GceEndpoint: "",
        purpose: r.text("purpose", "PRIVATE"),
        state: "READY",
        subnetworkId: Number(r.digits("number", 15)),
      },
    };
  },
  "gcp:compute/router:Router": (r) => {
    const id = regional(r, "routers");
    const place = { project: projectOf(r), region: regionOf(r) };
    return { id, outputs: { ...place, selfLink: selfLink(id), creationTimestamp: CREATED } };
  },
  "gcp:compute/routerNat:RouterNat": (r) => {
    const place = { project: projectOf(r), region: regionOf(r) };
    const router = lastSegment(r.text("router"));
    return { id: `${place.project}/${place.region}/${router}/${r.text("name")}`, outputs: place };
  },
  "gcp:compute/firewall:Firewall": (r) => {
    const id = global(r, "firewalls");
    const direction = r.text("direction", "INGRESS");
    const own = { project: projectOf(r), direction };
    return { id, outputs: { ...own, selfLink: selfLink(id), creationTimestamp: CREATED } };
  },
  "gcp:compute/address:Address": (r) => {
    const id = regional(r, "addresses");
    const internal = r.text("addressType") === "INTERNAL";
    return {
      id,
      outputs: {
        project: projectOf(r),
        region: regionOf(r),
        selfLink: selfLink(id),
        creationTimestamp: CREATED,
        address: r.text("address", internal ? r.privateAddress() : r.publicAddress()),
        addressId: r.digits("number", 19),
        labelFingerprint: r.hex("labels", 11),
        users: [],
        ...labels(r),
      },
    };
  },
  "gcp:compute/globalAddress:GlobalAddress": (r) => {
    const id = global(r, "addresses");
    return {
      id,
      outputs: {
        project: projectOf(r),
        selfLink: selfLink(id),
        creationTimestamp: CREATED,
        address: r.text("address", globalAddress(r)),
        labelFingerprint: r.hex("labels", 11),
        ...labels(r),
      },
    };
  },
  "gcp:servicenetworking/connection:Connection": (r) => {
    const service = r.text("service");
    return {
      id: `${encodeURIComponent(r.text("network"))}:${service}`,
      outputs: { peering: service.replaceAll(".", "-") },
    };
  },
  "gcp:dns/managedZone:ManagedZone": (r) => ({
    id: `projects/${projectOf(r)}/managedZones/${r.text("name")}`,
    outputs: {
      project: projectOf(r),
      creationTime: CREATED,
      description: r.text("description", "Managed by Pulumi"),
      managedZoneId: r.digits("number", 19),
      nameServers: [1, 2, 3, 4].map((n) => `ns-cloud-e${n}.googledomains.com.`),
      ...labels(r),
    },
  }),
  "gcp:dns/dnsManagedZoneIamMember:DnsManagedZoneIamMember": (r) => {
    const zone = `projects/${projectOf(r)}/managedZones/${lastSegment(r.text("managedZone"))}`;
    return {
      id: `${zone}/${r.text("role")}/${r.text("member")}`,
      outputs: { project: projectOf(r), etag: etag(r) },
    };
  },
};
