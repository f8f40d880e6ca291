// The plan's floor: the same resources registered under the SDK's own mocks, and nothing judged or written.
import * as pulumi from "@pulumi/pulumi";
import { BareProvider, plannedResources, registerFlat } from "./flat-program.ts";

const [resourcesFile = ""] = process.argv.slice(2);
await pulumi.runtime.setMocks({
  newResource: ({ name, inputs }) => ({ id: name, state: inputs as Record<string, unknown> }),
  call: ({ inputs }) => inputs as Record<string, unknown>,
});
registerFlat(plannedResources(resourcesFile), {
  kubernetes: new BareProvider("kubernetes", {}),
  random: new BareProvider("random", {}),
});
await pulumi.runtime.disconnect();
