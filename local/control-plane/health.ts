import fs from "node:fs";
import http from "node:http";
import https from "node:https";

/** Whether something answers 200 at a URL of ours within two seconds. */
export function answersOk(url: string, authorityFile: string): Promise<boolean> {
  return new Promise((resolve) => {
    const no = () => {
      resolve(false);
    };
    const secure = url.startsWith("https:");
    let ca: Buffer;
    try {
      ca = fs.readFileSync(authorityFile);
    } catch {
      no();
      return;
    }
    const request = (secure ? https : http).get(
      url,
      { ca, agent: false, timeout: 2000 },
      (response) => {
        response.resume();
        resolve(response.statusCode === 200);
      },
    );
    request.on("error", no);
    request.on("timeout", () => request.destroy());
  });
}
