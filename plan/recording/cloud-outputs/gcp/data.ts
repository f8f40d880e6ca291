import { Secret } from "../../../secret.ts";
import { CREATED, type CloudResource, type OutputRules } from "../cloud-resource.ts";
import { lastSegment } from "../properties.ts";
import { labels, locationOf, projectOf, regionOf } from "./place.ts";

const NEVER_EXPIRES = "2036-01-01T00:00:00Z";

function instanceAddresses(r: CloudResource) {
  const open = r.at("settings", "ipConfiguration", "ipv4Enabled") !== false;
  const inside = r.at("settings", "ipConfiguration", "privateNetwork") !== undefined;
  const privateIpAddress = inside ? r.privateAddress() : "";
  const publicIpAddress = open ? r.publicAddress() : "";
  const address = (ipAddress: string, type: string) =>
    ipAddress === "" ? [] : [{ ipAddress, type, timeToRetire: "" }];
  return {
    privateIpAddress,
    publicIpAddress,
    firstIpAddress: open ? publicIpAddress : privateIpAddress,
    ipAddresses: [...address(publicIpAddress, "PRIMARY"), ...address(privateIpAddress, "PRIVATE")],
  };
}

export const DATA: OutputRules = {
  "gcp:storage/bucket:Bucket": (r) => {
    const name = r.text("name");
    return {
      id: name,
      outputs: {
        project: projectOf(r),
        projectNumber: Number(r.account.projectNumber),
        selfLink: `https://www.googleapis.com/storage/v1/b/${name}`,
        url: `gs://${name}`,
        timeCreated: CREATED,
        updated: CREATED,
        ...labels(r),
      },
    };
  },
  "gcp:artifactregistry/repository:Repository": (r) => {
    const place = { project: projectOf(r), location: locationOf(r) };
    const name = r.text("repositoryId");
    return {
      id: `projects/${place.project}/locations/${place.location}/repositories/${name}`,
      outputs: {
        ...place,
        name,
        registryUri: `${place.location}-docker.pkg.dev/${place.project}/${name}`,
        createTime: CREATED,
        updateTime: CREATED,
        ...labels(r),
      },
    };
  },
  "gcp:sql/databaseInstance:DatabaseInstance": (r) => {
    const name = r.text("name");
    const place = { project: projectOf(r), region: regionOf(r) };
    const account = `p${r.account.projectNumber}-${r.hex("account", 6)}`;
    return {
      id: name,
      outputs: {
        ...place,
        ...instanceAddresses(r),
        availableMaintenanceVersions: [],
        connectionName: `${place.project}:${place.region}:${name}`,
        dnsName: "",
        dnsNames: [],
        instanceType: r.text("instanceType", "CLOUD_SQL_INSTANCE"),
        pscServiceAttachmentLink: "",
        selfLink: `https://sqladmin.googleapis.com/sql/v1beta4/projects/${place.project}/instances/${name}`,
        serverCaCerts: new Secret([
          {
            cert: "[generated]",
            commonName: `C=US,O=Google\\, Inc,CN=Google Cloud SQL Server CA`,
            createTime: CREATED,
            expirationTime: NEVER_EXPIRES,
            sha1Fingerprint: r.hex("certificate", 40),
          },
        ]),
        serviceAccountEmailAddress: `${account}@gcp-sa-cloud-sql.iam.gserviceaccount.com`,
      },
    };
  },
  "gcp:sql/database:Database": (r) => {
    const project = projectOf(r);
    const id = `projects/${project}/instances/${r.text("instance")}/databases/${r.text("name")}`;
    return {
      id,
      outputs: {
        project,
        charset: r.text("charset", "UTF8"),
        collation: r.text("collation", "en_US.UTF8"),
        selfLink: `https://sqladmin.googleapis.com/sql/v1beta4/${id}`,
      },
    };
  },
  "gcp:sql/user:User": (r) => ({
    id: `${r.text("name")}/${r.text("host")}/${r.text("instance")}`,
    outputs: {
      project: projectOf(r),
      host: r.text("host"),
      iamEmail: "",
      sqlServerUserDetails: [],
    },
  }),
  "gcp:logging/projectBucketConfig:ProjectBucketConfig": (r) => {
    const id = `projects/${projectOf(r)}/locations/${r.text("location")}/buckets/${r.text("bucketId")}`;
    return { id, outputs: { name: id, lifecycleState: "ACTIVE" } };
  },
  "gcp:logging/projectSink:ProjectSink": (r) => {
    const agent = `service-${r.account.projectNumber}@gcp-sa-logging.iam.gserviceaccount.com`;
    return {
      id: `projects/${projectOf(r)}/sinks/${r.text("name")}`,
      outputs: { project: projectOf(r), writerIdentity: `serviceAccount:${agent}` },
    };
  },
  "gcp:pubsub/topic:Topic": (r) => ({
    id: `projects/${projectOf(r)}/topics/${lastSegment(r.text("name"))}`,
    outputs: { project: projectOf(r), ...labels(r) },
  }),
};
