import { z } from "zod";
import type { EksSettings } from "../../../components/clusters/settings.ts";
import { readJson, unanswered, type Answer } from "../answer.ts";
import type { Check } from "../check.ts";
import { ok, problem, type Verdict } from "../finding.ts";
import type { AwsCommands } from "./aws-commands.ts";

const zonesSchema = z.object({
  AvailabilityZones: z.array(z.object({ ZoneName: z.string(), State: z.string() })),
});

type Place = Pick<EksSettings, "region" | "zones">;

/** Whether every zone of the stack is there and available to the account. */
export function judgeAwsZones(text: string, { region, zones }: Place): Verdict {
  const { AvailabilityZones } = readJson(zonesSchema, text);
  const available = AvailabilityZones.filter(({ State }) => State === "available")
    .map(({ ZoneName }) => ZoneName)
    .toSorted();
  const unusable = zones.filter((zone) => !available.includes(zone));
  if (unusable.length === 0) return ok(`${region}: ${zones.join(", ")}`);
  return problem(
    `${unusable.join(", ")}: not among the zones of ${region} that are available to you (${available.join(", ")})`,
    "Write three of these as slipway:cluster.zones.",
  );
}

/**
 * What it means that a region does not answer: it is misspelt where the cloud as a whole can be reached,
 * and switched off where it knows nobody.
 */
export function judgeAwsRegionSilence(
  zones: Exclude<Answer, { is: "answer" }>,
  caller: Answer,
  region: string,
): Verdict | undefined {
  if (caller.is !== "answer") return undefined;
  if (zones.is === "offline") {
    return problem(
      `nothing answers for the region ${region}, and AWS does: there may be no such region`,
      'aws ec2 describe-regions --all-regions --query "Regions[].RegionName" --output text',
    );
  }
  if (!/AuthFailure|OptInRequired|InvalidClientTokenId/.test(zones.error)) return undefined;
  return problem(
    `the account has not switched the region ${region} on`,
    `aws account enable-region --region-name ${region}`,
  );
}

/** Region and zones. */
export function awsPlace({ zones, caller }: AwsCommands, place: Place): Check {
  return {
    section: "Place",
    title: "zones",
    run: async ({ ask, timeout }) => {
      const [answer, who] = await Promise.all([ask(zones), ask(caller)]);
      if (answer.is === "answer") return judgeAwsZones(answer.text, place);
      const silence = judgeAwsRegionSilence(answer, who, place.region);
      return silence ?? unanswered(zones, answer, timeout);
    },
  };
}
