import type { Guard } from "../core/guard.ts";
import { checkImage, mirroredImage } from "../core/image.ts";
import type { Problem } from "../core/problem.ts";
import type { ContainerArgs } from "./container.ts";
import { PUBLIC_IMAGES } from "./public-images.ts";

/**
 * Written in the stack file instead of an image, by whoever has not the real one yet: a public image
 * runs in its place, and all around it is real. Writing the real image later rolls the pods.
 */
export const STAND_IN_IMAGE = "stand-in";

/** Problems of an application's image: those of any image, or a stand-in under guard strict. */
export function checkApplicationImage(text: string, guard: Guard, path: string): Problem[] {
  if (text !== STAND_IN_IMAGE) return checkImage(text, guard, path);
  if (guard === "relaxed") return [];
  return [
    {
      path,
      got: JSON.stringify(text),
      expected: "an image of the application, because slipway:guard is strict",
      remedy: "Write registry, repository and tag.",
    },
  ];
}

/**
 * What a web service runs for an image of the stack file. The stand-in answers 200 on every path. Its
 * text is a comment in the format that Prometheus reads, so that a scrape of it succeeds.
 */
export function serverImage(
  image: string,
  port: number,
  mirrorPrefix: string | undefined,
): Pick<ContainerArgs, "image" | "args"> {
  if (image !== STAND_IN_IMAGE) return { image };
  return {
    image: mirroredImage(PUBLIC_IMAGES.httpEcho, mirrorPrefix),
    args: [`-listen=:${port}`, "-text=# A stand-in runs here instead of the application."],
  };
}

/** What a migration runs for an image of the stack file. The stand-in ends well and migrates nothing. */
export function migrationImage(
  image: string,
  command: readonly string[],
  mirrorPrefix: string | undefined,
): Pick<ContainerArgs, "image"> & { readonly command: readonly string[] } {
  if (image !== STAND_IN_IMAGE) return { image, command };
  return {
    image: mirroredImage(PUBLIC_IMAGES.httpEcho, mirrorPrefix),
    command: ["/http-echo", "-version"],
  };
}
