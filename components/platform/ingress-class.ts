/** The class that an Ingress names to be served (T-39, C-44). */
export const INGRESS_CLASS_NAME = "nginx";
