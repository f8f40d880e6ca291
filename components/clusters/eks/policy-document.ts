/** One statement of a policy of IAM. */
export interface Statement {
  readonly Sid?: string;
  readonly Effect: "Allow" | "Deny";
  readonly Principal?: "*" | Readonly<Record<string, string | readonly string[]>>;
  readonly Action: string | readonly string[];
  readonly Resource?: string | readonly string[];
  readonly Condition?: Readonly<
    Record<string, Readonly<Record<string, string | readonly string[]>>>
  >;
}

/** Statements as the document that IAM takes. The date names the grammar. */
export function policyDocument(statements: readonly Statement[]): string {
  return JSON.stringify({ Version: "2012-10-17", Statement: statements });
}

/** Lets a service of AWS act in a role. */
export function trusting(service: string): string {
  const Principal = { Service: service };
  return policyDocument([{ Effect: "Allow", Principal, Action: "sts:AssumeRole" }]);
}
