/** Where a Secret is and what it is called, whoever makes it. */
export interface SecretPlace {
  readonly namespace: string;
  /** The system that reads it, for labels (K-38). */
  readonly system: string;
  /** Name of the Secret, which people and pods use (K-18). */
  readonly secretName: string;
}
