import { ISSUER_NAMES } from "../../components/platform/issuer-names.ts";
import { KAIZEN_STUDIO_DEFAULTS } from "../../systems/kaizen-studio/settings-defaults.ts";
import {
  dnsLabel,
  flag,
  host,
  image,
  oneOf,
  resourceBounds,
  section,
  uuid,
  wholeNumber,
} from "./values.ts";

const hpa = section(
  { description: "How the backend scales.", rows: ["K-24", "D-55"] },
  {
    minReplicas: wholeNumber(
      { description: "Fewest pods; 2 or more under guard strict.", rows: ["K-07", "E-32"] },
      1,
      100,
    ),
    maxReplicas: wholeNumber({ description: "Most pods.", rows: ["K-24", "E-32"] }, 1, 100),
    cpuUtilization: wholeNumber(
      { description: "Percent of requested CPU above which pods are added.", rows: ["D-55"] },
      1,
      100,
    ),
    memoryUtilization: wholeNumber(
      { description: "Percent of requested memory above which pods are added.", rows: ["D-55"] },
      1,
      100,
    ),
  },
);

/** Shape of `slipway:systems.kaizenStudio`. */
export const kaizenStudioSchema = section(
  { description: "Kaizen Studio: a web front end and an API behind it.", rows: ["K-01"] },
  {
    namespace: dnsLabel({
      description: "Namespace of the whole system. Changing it recreates everything in it.",
      rows: ["K-06"],
    }),
    host: host({ description: "Host of front end and API.", rows: ["K-10", "D-63"] }),
    issuer: oneOf(
      { description: "ClusterIssuer of the host's certificate.", rows: ["K-20", "D-63", "D-67"] },
      ISSUER_NAMES,
    ),
    debug: flag({
      description: "Verbose logs and debug pages of the backend; refused under guard strict.",
      rows: ["K-09"],
    }),
    azureClientId: uuid({
      description: "Application id of the sign-in provider. A person has to supply it.",
      rows: ["E-33"],
    }),
    backend: section(
      { description: "The API.", rows: ["K-12"] },
      {
        image: image({
          description: "Image with a tag or digest; latest is refused under guard strict.",
          rows: ["K-14", "E-44"],
        }),
        hpa,
        resources: resourceBounds({
          description: "What each backend pod asks for and may use.",
          rows: ["E-31"],
        }),
      },
    ),
    frontend: section(
      { description: "The web front end.", rows: ["K-13", "D-53"] },
      {
        image: image({
          description: "Image with a tag or digest; latest is refused under guard strict.",
          rows: ["K-14", "E-44"],
        }),
        replicas: wholeNumber(
          { description: "Number of pods; 2 or more under guard strict.", rows: ["K-07"] },
          1,
          20,
        ),
        resources: resourceBounds({
          description: "What each front end pod asks for and may use.",
          rows: ["E-31"],
        }).default(KAIZEN_STUDIO_DEFAULTS.frontend.resources),
      },
    ),
  },
);
