import tseslint from "typescript-eslint";

/** What a layer may not import, with the reason that a developer reads. Mirrors docs/architecture.md. */
const arrows = [
  {
    files: ["components/core/**"],
    forbidden: ["**/clusters/**", "**/platform/**", "**/workloads/**"],
    reason: "core is what the layers stand on.",
  },
  {
    files: ["components/clusters/**"],
    forbidden: ["**/platform/**", "**/workloads/**"],
    reason: "layers meet in index.ts as plain values.",
  },
  {
    files: ["components/platform/**"],
    forbidden: ["**/clusters/**", "**/workloads/**"],
    reason: "layers meet in index.ts as plain values.",
  },
  {
    files: ["components/workloads/**"],
    forbidden: ["**/clusters/**", "**/platform/**"],
    reason: "layers meet in index.ts as plain values.",
  },
  {
    files: ["systems/**"],
    forbidden: ["**/clusters/**", "**/platform/**"],
    reason: "a system is made of workload blocks and reads capabilities, never add-ons.",
  },
];
const neverImported = ["**/plan/**", "**/policy/**", "**/local/**", "**/tests/**"];

const layerRules = arrows.map(({ files, forbidden, reason }) => ({
  files,
  rules: {
    "no-restricted-imports": [
      "error",
      {
        patterns: [
          { group: forbidden, message: reason },
          {
            group: [...neverImported, "**/config/**"],
            message: "the program does not know how it is run; config is read in index.ts only.",
          },
        ],
      },
    ],
  },
}));

export default tseslint.config(
  { ignores: ["node_modules/", "out/", ".local/", ".e2e/", ".tools/", "coverage/"] },
  ...tseslint.configs.strictTypeChecked,
  {
    languageOptions: {
      parserOptions: {
        projectService: { allowDefaultProject: [] },
        tsconfigRootDir: import.meta.dirname,
      },
    },
    rules: {
      "max-lines": ["error", { max: 300, skipBlankLines: true, skipComments: true }],
      "@typescript-eslint/restrict-template-expressions": [
        "error",
        { allowNumber: true, allowBoolean: true },
      ],
    },
  },
  ...layerRules,
  {
    files: ["config/**", "index.ts"],
    rules: {
      "no-restricted-imports": [
        "error",
        { patterns: [{ group: neverImported, message: "nothing imports these." }] },
      ],
    },
  },
  {
    files: ["index.ts", "components/**", "systems/**", "plan/**", "policy/**"],
    rules: {
      "no-restricted-properties": [
        "error",
        { object: "process", property: "env", message: "Only config/ and local/ read it." },
      ],
    },
  },
  { files: ["**/*.js"], ...tseslint.configs.disableTypeChecked },
);
