import { CREATED, type CloudResource, type OutputRules } from "../cloud-resource.ts";
import { arn, globalArn, nameOf, regionOf, tags } from "./place.ts";

/** `/` and the path around a name. */
const withPath = (r: CloudResource, name: string) => `${r.text("path", "/")}${name}`;

export const IDENTITY: OutputRules = {
  "aws:kms/key:Key": (r) => {
    const id = r.uuid("key");
    const own = { arn: arn(r, "kms", `key/${id}`), keyId: id, region: regionOf(r) };
    const description = r.text("description");
    return { id, outputs: { ...own, description, ...tags(r) } };
  },
  "aws:kms/alias:Alias": (r) => {
    const name = nameOf(r);
    const target = r.text("targetKeyId");
    const targetKeyArn = target.startsWith("arn:") ? target : arn(r, "kms", `key/${target}`);
    return {
      id: name,
      outputs: { name, arn: arn(r, "kms", name), targetKeyArn, region: regionOf(r) },
    };
  },
  "aws:iam/role:Role": (r) => {
    const name = nameOf(r);
    return {
      id: name,
      outputs: {
        name,
        arn: globalArn(r, "iam", `role${withPath(r, name)}`),
        createDate: CREATED,
        uniqueId: `AROA${r.hex("id", 17).toUpperCase()}`,
        ...tags(r),
      },
    };
  },
  "aws:iam/rolePolicy:RolePolicy": (r) => {
    const name = nameOf(r);
    return { id: `${r.text("role")}:${name}`, outputs: { name } };
  },
  "aws:iam/policy:Policy": (r) => {
    const name = nameOf(r);
    const policyArn = globalArn(r, "iam", `policy${withPath(r, name)}`);
    return {
      id: policyArn,
      outputs: {
        name,
        arn: policyArn,
        attachmentCount: 0,
        policyId: `ANPA${r.hex("id", 17).toUpperCase()}`,
        ...tags(r),
      },
    };
  },
  "aws:iam/rolePolicyAttachment:RolePolicyAttachment": (r) => ({
    id: `${r.text("role")}/${r.text("policyArn")}`,
    outputs: {},
  }),
  "aws:iam/openIdConnectProvider:OpenIdConnectProvider": (r) => {
    const issuer = r.text("url").replace(/^https:\/\//, "");
    const id = globalArn(r, "iam", `oidc-provider/${issuer}`);
    const thumbprintLists = r.inputs["thumbprintLists"] ?? [r.hex("thumbprint", 40)];
    return { id, outputs: { arn: id, thumbprintLists, ...tags(r) } };
  },
};
