import { isMap, isScalar, parseDocument, type Pair } from "yaml";

const CLUSTER_KEY = "slipway:cluster";
/** Where the schema is, seen from the project's folder and from a folder below examples/. */
const SCHEMA = "$schema=config/";
const SCHEMA_FROM_EXAMPLES = "$schema=../../config/";

/** The text of the cluster section: from its key to the next one at the same depth. */
function clusterSection(text: string): { readonly from: number; readonly to: number } {
  const config = parseDocument(text).get("config");
  if (!isMap(config)) throw new Error("A stack file has a map called config.");
  const starts = config.items.map((pair: Pair) => {
    if (!isScalar(pair.key) || !pair.key.range) throw new Error("Keys of a stack file are text.");
    const [start] = pair.key.range;
    return { name: pair.key.value, at: text.lastIndexOf("\n", start) + 1 };
  });
  const index = starts.findIndex(({ name }) => name === CLUSTER_KEY);
  const here = starts[index];
  if (here === undefined) throw new Error(`A stack file has the key ${CLUSTER_KEY}.`);
  return { from: here.at, to: starts[index + 1]?.at ?? text.length };
}

/** The project's own stack file with the cluster section of an example. */
export function exampleText(project: string, example: string): string {
  const theirs = clusterSection(project);
  const own = clusterSection(example);
  const joined =
    project.slice(0, theirs.from) + example.slice(own.from, own.to) + project.slice(theirs.to);
  return joined.replace(SCHEMA, SCHEMA_FROM_EXAMPLES);
}
