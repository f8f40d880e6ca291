import { ISSUER_NAMES } from "../../components/platform/issuer-names.ts";
import { KAIZEN_STUDIO_DEFAULTS } from "../../systems/kaizen-studio/settings-defaults.ts";
import {
  addressRange,
  backupFile,
  bytes,
  dnsLabel,
  someOf,
  flag,
  host,
  image,
  keeper,
  list,
  oneOf,
  partialResourceBounds,
  requestTime,
  resourceBounds,
  schedule,
  sealedTexts,
  secretName,
  section,
  texts,
  time,
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

const rotation = section(
  {
    description:
      "Words for the present value of generated secrets; another word draws a new value and restarts what reads it.",
    rows: ["B-31", "K-18"],
  },
  {
    postgresPassword: keeper({ description: "Password of the database." }).exactOptional(),
    redisPassword: keeper({ description: "Password of Redis." }).exactOptional(),
    jwtKey: keeper({
      description: "Secret or key pair that signs tokens; everybody has to sign in again.",
    }).exactOptional(),
  },
);

const restartedAt = time({
  description: "Another time than before restarts the pods of this part one by one.",
  rows: ["B-50", "K-35"],
});

const backupStorage = (rows: readonly string[]) =>
  bytes({ description: "Size of the volume of its backups; grows and never shrinks.", rows });

const restore = section(
  {
    description:
      "One wish to have a backup back. Take it out again when it was carried out; see docs/runbooks.",
    rows: ["B-28", "D-33", "D-58"],
  },
  {
    file: backupFile({ description: "Name of the backup, or latest.", rows: ["B-28"] }),
    requestedAt: requestTime({
      description: "The time of the wish: the same one restores once, another one again.",
      rows: ["B-28"],
    }),
  },
).exactOptional();

const backup = section(
  { description: "Backups of both data stores.", rows: ["K-33", "B-25", "D-91"] },
  {
    schedule: schedule({
      description: "Minute, hour, day of month, month and day of week, in UTC.",
      rows: ["E-34"],
    }).default(KAIZEN_STUDIO_DEFAULTS.backup.schedule),
    keepDays: wholeNumber(
      { description: "Days after which a backup goes; the last one never does.", rows: ["D-91"] },
      1,
      365,
    ),
    keepOnVolume: wholeNumber(
      {
        description: "Most backups that a volume keeps where there is no object store.",
        rows: ["E-34"],
      },
      1,
      100,
    ).default(KAIZEN_STUDIO_DEFAULTS.backup.keepOnVolume),
    overdueHours: wholeNumber(
      {
        description:
          "Hours without a backup before somebody is told: those of the schedule and of one run.",
        rows: ["E-34"],
      },
      1,
      800,
    ).default(KAIZEN_STUDIO_DEFAULTS.backup.overdueHours),
  },
);

const extraEnv = texts({
  description:
    "Further environment variables of the container, none of them secret; they win over the ConfigMap's.",
  rows: ["E-46"],
});

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
    signInAddresses: someOf(
      {
        description:
          "Address ranges of the sign-in provider, the one way out that the backend has, on port 443. Empty shuts it.",
        rows: ["K-21"],
      },
      addressRange({ description: "Addresses in CIDR notation." }),
    ).default([...KAIZEN_STUDIO_DEFAULTS.signInAddresses]),
    jwtAlgorithm: oneOf(
      {
        description:
          "What signs tokens: HS256 with one secret, RS256 with a key pair. A change signs everybody out.",
        rows: ["K-11", "D-57"],
      },
      ["HS256", "RS256"],
    ),
    state: oneOf(
      {
        description:
          "suspended runs nothing and keeps namespace, secrets, claims and backups; removed deletes them all and needs deleteData: true.",
        rows: ["K-35", "B-51"],
      },
      ["running", "suspended", "removed"],
    ).default(KAIZEN_STUDIO_DEFAULTS.state),
    deleteData: flag({
      description:
        "The second word that state: removed asks for; refused while the system runs. Under guard strict set it with suspended first, which lifts the protection of volumes.",
      rows: ["B-51", "E-55"],
    }).default(KAIZEN_STUDIO_DEFAULTS.deleteData),
    rotation: rotation.default(KAIZEN_STUDIO_DEFAULTS.rotation),
    sealedSecrets: sealedTexts({
      description:
        "What people sealed for this cluster, by the name of the Secret and its keys: every secret one where slipway:platform.secretBackend is sealed, none elsewhere. Another text rolls what reads the key; see docs/runbooks.",
      rows: ["C-59", "D-71"],
    }).default(KAIZEN_STUDIO_DEFAULTS.sealedSecrets),
    imagePullSecrets: list(
      {
        description:
          "Secrets of the namespace with which images are pulled. They have to be there: nothing here makes them.",
        rows: ["B-42"],
      },
      secretName({ description: "Name of a Secret." }),
    ).default([...KAIZEN_STUDIO_DEFAULTS.imagePullSecrets]),
    backend: section(
      { description: "The API.", rows: ["K-12"] },
      {
        image: image({
          description:
            "Image with a tag or digest, or stand-in for a public image that only answers; latest and stand-in are refused under guard strict.",
          rows: ["K-14", "E-44"],
        }),
        restartedAt: restartedAt.exactOptional(),
        extraEnv: extraEnv.default(KAIZEN_STUDIO_DEFAULTS.backend.extraEnv),
        extraConfig: texts({
          description: "Further keys of the ConfigMap that the backend reads, none of them secret.",
          rows: ["E-46"],
        }).default(KAIZEN_STUDIO_DEFAULTS.backend.extraConfig),
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
          description:
            "Image with a tag or digest, or stand-in for a public image that only answers; latest and stand-in are refused under guard strict.",
          rows: ["K-14", "E-44"],
        }),
        restartedAt: restartedAt.exactOptional(),
        extraEnv: extraEnv.default(KAIZEN_STUDIO_DEFAULTS.frontend.extraEnv),
        replicas: wholeNumber(
          { description: "Number of pods; 2 or more under guard strict.", rows: ["K-07"] },
          1,
          20,
        ),
        resources: partialResourceBounds(
          {
            description: "What each front end pod asks for and may use; each part has a default.",
            rows: ["E-31", "E-45"],
          },
          KAIZEN_STUDIO_DEFAULTS.frontend.resources,
        ),
      },
    ),
    postgres: section(
      { description: "The database.", rows: ["K-15"] },
      {
        mode: oneOf(
          {
            description:
              "Who runs it: a StatefulSet, with managed the cluster's cloud, or with cnpg the platform's operator. Another one starts with an empty database.",
            rows: ["E-53"],
          },
          ["statefulset", "managed", "cnpg"],
        ).default(KAIZEN_STUDIO_DEFAULTS.postgres.mode),
        storage: bytes({
          description: "Size of its volume; more makes it grow in place, less is refused.",
          rows: ["E-31"],
        }),
        resources: resourceBounds({
          description: "What the database server asks for and may use; a change restarts it.",
          rows: ["E-31"],
        }),
        restartedAt: restartedAt.exactOptional(),
        backupStorage: backupStorage(["E-34"]).default(
          KAIZEN_STUDIO_DEFAULTS.postgres.backupStorage,
        ),
        restore,
      },
    ),
    redis: section(
      { description: "Cache and sessions; each part has a default.", rows: ["K-16", "E-45"] },
      {
        storage: bytes({
          description: "Size of its volume; more makes it grow in place, less is refused.",
          rows: ["E-31"],
        }).default(KAIZEN_STUDIO_DEFAULTS.redis.storage),
        resources: partialResourceBounds(
          {
            description: "What Redis asks for and may use; a change restarts it.",
            rows: ["E-31"],
          },
          KAIZEN_STUDIO_DEFAULTS.redis.resources,
        ),
        restartedAt: restartedAt.exactOptional(),
        backupStorage: backupStorage(["D-91"]).default(KAIZEN_STUDIO_DEFAULTS.redis.backupStorage),
        restore,
      },
    ).default(structuredClone(KAIZEN_STUDIO_DEFAULTS.redis)),
    backup,
  },
);
