import { RepositoryCreationTemplate } from "@pulumi/aws/ecr/repositoryCreationTemplate.js";
import type { EksPlace } from "./place.ts";

/** Days after which an image without a tag goes. */
const UNTAGGED_DAYS = 14;

/**
 * Every account has a registry in every region; this says how a repository looks that comes into being
 * when somebody pushes an image below the cluster's name. Tags cannot be moved. The nodes may pull from
 * all of the account. ECR has no rule for what a cluster still runs, so tagged images stay.
 */
export function imageRegistry({ name, args, names, child }: EksPlace): RepositoryCreationTemplate {
  return new RepositoryCreationTemplate(
    `${name}-images`,
    {
      prefix: names.imagePrefix,
      description: `Images of ${args.name}`,
      appliedFors: ["CREATE_ON_PUSH"],
      imageTagMutability: "IMMUTABLE",
      encryptionConfigurations: [{ encryptionType: "AES256" }],
      lifecyclePolicy: JSON.stringify({
        rules: [
          {
            rulePriority: 1,
            description: "Images that no tag leads to",
            selection: {
              tagStatus: "untagged",
              countType: "sinceImagePushed",
              countUnit: "days",
              countNumber: UNTAGGED_DAYS,
            },
            action: { type: "expire" },
          },
        ],
      }),
    },
    child(),
  );
}
