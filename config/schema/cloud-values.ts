import { text, type Doc } from "./values.ts";

/** A range of addresses, judged by checkPrivateRange and its like. */
export function range(doc: Doc) {
  return text(doc, {
    expected: "an IPv4 range such as 10.64.0.0/16",
    examples: ["10.64.0.0/16", "10.80.0.0/16"],
    pattern: /^\d{1,3}(\.\d{1,3}){3}\/\d{1,2}$/,
  });
}

/** A name that every cloud takes as the beginning of longer ones. */
export function cloudName(doc: Doc) {
  return text(doc, {
    expected: "lower-case letters, digits and dashes, beginning with a letter",
    examples: ["atlasia-prod", "atlasia-dev"],
    pattern: /^[a-z]([-a-z0-9]*[a-z0-9])?$/,
  });
}

/** Id of a Google Cloud project. */
export function project(doc: Doc) {
  return text(doc, {
    expected: "the id of a project: 6 to 30 lower-case letters, digits and dashes",
    examples: ["your-project", "your-project-2"],
    pattern: /^[a-z][-a-z0-9]{4,28}[a-z0-9]$/,
  });
}

/** Number of an AWS account. */
export function account(doc: Doc) {
  return text(doc, {
    expected: "the 12 digits of an account, in quotes",
    examples: ["000000000000", "000000000001"],
    pattern: /^\d{12}$/,
  });
}
