import type { Guard } from "./guard.ts";
import type { Problem } from "./problem.ts";

/** The parts of an image reference: `registry/repository:tag` or `...@sha256:digest`. */
export interface ImageReference {
  readonly repository: string;
  readonly tag?: string;
  readonly digest?: string;
}

/** Splits an image reference, or undefined when the text is not one. A port is not taken for a tag. */
export function parseImage(text: string): ImageReference | undefined {
  const match =
    /^([a-z0-9]+(?:[._-]+[a-z0-9]+)*(?::\d+)?(?:\/[a-z0-9]+(?:[._-]+[a-z0-9]+)*)*)(?::([\w][\w.-]{0,127}))?(?:@(sha256:[0-9a-f]{64}))?$/.exec(
      text,
    );
  const repository = match?.[1];
  if (match === null || repository === undefined) return undefined;
  return {
    repository,
    ...(match[2] === undefined ? {} : { tag: match[2] }),
    ...(match[3] === undefined ? {} : { digest: match[3] }),
  };
}

/** Problems of one image reference: malformed, without tag or digest, or `latest` under strict (K-14). */
export function checkImage(text: string, guard: Guard, path: string): Problem[] {
  const image = parseImage(text);
  const got = JSON.stringify(text);
  if (image === undefined) {
    return [
      {
        path,
        got,
        expected: "an image reference such as registry.example.com/team/app:v1.0.0",
        remedy: "Write registry, repository and tag.",
      },
    ];
  }
  if (image.tag === undefined && image.digest === undefined) {
    return [
      { path, got, expected: "a tag or digest", remedy: `Write ${text}:v1.0.0 or the like.` },
    ];
  }
  if (image.tag === "latest" && image.digest === undefined && guard === "strict") {
    return [
      {
        path,
        got,
        expected: "a fixed tag, because slipway:guard is strict",
        remedy: "Name the version that is to run; latest cannot be rolled back.",
      },
    ];
  }
  return [];
}

/**
 * Where a public image is pulled from: the mirror, under the image's own registry and repository, so
 * that one mirror can hold images of several registries. Without a mirror the image itself.
 */
export function mirroredImage(image: string, mirrorPrefix: string | undefined): string {
  return mirrorPrefix === undefined ? image : `${mirrorPrefix}/${image}`;
}
