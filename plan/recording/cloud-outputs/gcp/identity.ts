import { Secret } from "../../../secret.ts";
import { CREATED, type CloudResource, type OutputRules } from "../cloud-resource.ts";
import { lastSegment } from "../properties.ts";
import { etag, labels, locationOf, projectOf } from "./place.ts";

/** Who may do what, in the form in which the provider names grants. */
const granted = (r: CloudResource, on: string) => ({
  id: `${on}/${r.text("role")}/${r.text("member")}`,
  outputs: { etag: etag(r) },
});

/** The agents whose addresses do not follow the name of their service. */
const AGENTS: Readonly<Record<string, string>> = {
  container: "container-engine-robot",
  compute: "compute-system",
  storage: "gs-project-accounts",
  cloudkms: "gcp-sa-cloudkms",
  sqladmin: "gcp-sa-cloud-sql",
};

export const IDENTITY: OutputRules = {
  "gcp:kms/keyRing:KeyRing": (r) => ({
    id: `projects/${projectOf(r)}/locations/${r.text("location")}/keyRings/${r.text("name")}`,
    outputs: { project: projectOf(r) },
  }),
  "gcp:kms/cryptoKey:CryptoKey": (r) => {
    const id = `${r.text("keyRing")}/cryptoKeys/${r.text("name")}`;
    const primaries = [{ name: `${id}/cryptoKeyVersions/1`, state: "ENABLED" }];
    return { id, outputs: { primaries, ...labels(r) } };
  },
  "gcp:kms/cryptoKeyIAMMember:CryptoKeyIAMMember": (r) => granted(r, r.text("cryptoKeyId")),
  "gcp:serviceaccount/account:Account": (r) => {
    const project = projectOf(r);
    const email = `${r.text("accountId")}@${project}.iam.gserviceaccount.com`;
    const id = `projects/${project}/serviceAccounts/${email}`;
    const member = `serviceAccount:${email}`;
    return { id, outputs: { project, email, member, name: id, uniqueId: r.digits("number", 21) } };
  },
  "gcp:serviceaccount/iAMMember:IAMMember": (r) => granted(r, r.text("serviceAccountId")),
  "gcp:projects/iAMMember:IAMMember": (r) => granted(r, projectOf(r)),
  "gcp:projects/service:Service": (r) => ({
    id: `${projectOf(r)}/${r.text("service")}`,
    outputs: { project: projectOf(r) },
  }),
  "gcp:projects/serviceIdentity:ServiceIdentity": (r) => {
    const service = r.text("service");
    const [short = ""] = service.split(".");
    const agent = AGENTS[short] ?? `gcp-sa-${short}`;
    const email = `service-${r.account.projectNumber}@${agent}.iam.gserviceaccount.com`;
    return {
      id: `projects/${projectOf(r)}/services/${service}`,
      outputs: { project: projectOf(r), email, member: `serviceAccount:${email}` },
    };
  },
  "gcp:storage/bucketIAMMember:BucketIAMMember": (r) => granted(r, `b/${r.text("bucket")}`),
  "gcp:artifactregistry/repositoryIamMember:RepositoryIamMember": (r) => {
    const place = { project: projectOf(r), location: locationOf(r) };
    const path = `projects/${place.project}/locations/${place.location}/repositories`;
    const { id, outputs } = granted(r, `${path}/${lastSegment(r.text("repository"))}`);
    return { id, outputs: { ...outputs, ...place } };
  },
  "gcp:pubsub/topicIAMMember:TopicIAMMember": (r) => {
    const project = projectOf(r);
    const { id, outputs } = granted(
      r,
      `projects/${project}/topics/${lastSegment(r.text("topic"))}`,
    );
    return { id, outputs: { ...outputs, project } };
  },
  "gcp:secretmanager/secretIamMember:SecretIamMember": (r) => {
    const project = projectOf(r);
    const secret = `projects/${project}/secrets/${lastSegment(r.text("secretId"))}`;
    const { id, outputs } = granted(r, secret);
    return { id, outputs: { ...outputs, project } };
  },
  "gcp:secretmanager/secret:Secret": (r) => {
    const project = projectOf(r);
    const secretId = r.text("secretId");
    return {
      id: `projects/${project}/secrets/${secretId}`,
      outputs: {
        project,
        name: `projects/${r.account.projectNumber}/secrets/${secretId}`,
        createTime: CREATED,
        expireTime: "",
        effectiveAnnotations: r.map("annotations"),
        ...labels(r),
      },
    };
  },
  "gcp:secretmanager/secretVersion:SecretVersion": (r) => {
    const version = String(r.number);
    const name = `${r.text("secret")}/versions/${version}`;
    const value = r.inputs["secretData"];
    return {
      id: name,
      outputs: {
        name,
        version,
        enabled: true,
        createTime: CREATED,
        destroyTime: "",
        ...(value === undefined ? {} : { secretData: new Secret(value) }),
      },
    };
  },
};
