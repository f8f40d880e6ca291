import type { Problem } from "../../core/problem.ts";
import type { AksSettings } from "../settings.ts";
import type { PrincipalType } from "./roles.ts";

/** Somebody whom Entra ID knows. */
export interface Principal {
  /** The object id. */
  readonly id: string;
  readonly type: PrincipalType;
}

const TYPES: Readonly<Record<string, PrincipalType>> = {
  user: "User",
  group: "Group",
  servicePrincipal: "ServicePrincipal",
};
const FORM = /^(?:(user|group|servicePrincipal):)?([\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12})$/i;

/** An object id, with its kind in front where it is not the usual one; undefined for anything else. */
export function parsePrincipal(text: string, usual: PrincipalType): Principal | undefined {
  const [, kind, id] = FORM.exec(text) ?? [];
  if (id === undefined) return undefined;
  return { id: id.toLowerCase(), type: (kind === undefined ? undefined : TYPES[kind]) ?? usual };
}

/** The deployer is a program as a rule, the others are groups of people. */
const USUAL = { deployer: "ServicePrincipal", admins: "Group", viewers: "Group" } as const;

/** Who may do what in the cluster. Nobody stands in both lists, and nobody twice in one. */
export interface Principals {
  /** The deployer and the admins. */
  readonly admins: readonly Principal[];
  readonly viewers: readonly Principal[];
}

/** See {@link Principals}; what {@link checkPrincipals} refuses is left out. */
export function principals({ deployer, admins, viewers }: AksSettings): Principals {
  const parsed = (texts: readonly string[], usual: PrincipalType) =>
    texts.flatMap((text) => parsePrincipal(text, usual) ?? []);
  const all = unique([...parsed([deployer], USUAL.deployer), ...parsed(admins, USUAL.admins)]);
  const mayOnlyLook = unique(parsed(viewers, USUAL.viewers)).filter(
    ({ id }) => !all.some((admin) => admin.id === id),
  );
  return { admins: all, viewers: mayOnlyLook };
}

function unique(all: readonly Principal[]): Principal[] {
  return all.filter(({ id }, index) => all.findIndex((other) => other.id === id) === index);
}

/** Problems of `deployer`, `admins` and `viewers`. */
export function checkPrincipals({ deployer, admins, viewers }: AksSettings): Problem[] {
  const written = [
    { path: "deployer", text: deployer },
    ...admins.map((text, index) => ({ path: `admins[${index}]`, text })),
    ...viewers.map((text, index) => ({ path: `viewers[${index}]`, text })),
  ];
  return written
    .filter(({ text }) => parsePrincipal(text, "User") === undefined)
    .map(({ path, text }) => ({
      path,
      got: JSON.stringify(text),
      expected:
        "an object id of Entra ID, with user:, group: or servicePrincipal: in front of it where " +
        `it is not ${path === "deployer" ? "a service principal" : "a group"}`,
      remedy: "Look it up with az ad sp show, az ad group show or az ad user show.",
    }));
}
