/** The environment variables that the program heeds; nothing else in it reads `process.env`. */
export interface Environment {
  /**
   * `SLIPWAY_KUBECONFIG`: a path that takes the place of `slipway:cluster.kubeconfigFile`, in stacks that
   * set it. Stacks whose kubeconfig is a secret ignore it, so that it cannot redirect a real deployment.
   */
  readonly kubeconfigFile?: string;
}

export function environment(variables: NodeJS.ProcessEnv = process.env): Environment {
  const kubeconfigFile = variables["SLIPWAY_KUBECONFIG"];
  return kubeconfigFile === undefined || kubeconfigFile === "" ? {} : { kubeconfigFile };
}
