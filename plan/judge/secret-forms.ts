/** Shorter texts turn up by chance: a user name is no leak. */
export const TELLING_LENGTH = 11;

/** Texts by which a secret is known again: itself, and what the usual encodings make of it. */
export function secretForms(text: string): string[] {
  const bytes = [Buffer.from(text), ...decoded(text)];
  const percent = encodeURIComponent(text);
  const forms = [
    text,
    percent,
    // Other programs than encodeURIComponent write small letters.
    percent.replaceAll(/%../g, (escape) => escape.toLowerCase()),
    ...bytes.flatMap((form) => [...hexForms(form), ...base64Forms(form)]),
  ];
  return [...new Set(forms)].filter((form) => form.length >= TELLING_LENGTH);
}

/** The bytes that a text in hex or base64 stands for; none for any other text. */
function decoded(text: string): Buffer[] {
  return (["hex", "base64"] as const)
    .map((encoding) => ({ encoding, bytes: Buffer.from(text, encoding) }))
    .filter(({ encoding, bytes }) => bytes.toString(encoding) === text)
    .map(({ bytes }) => bytes);
}

function hexForms(bytes: Buffer): string[] {
  const hex = bytes.toString("hex");
  return [hex, hex.toUpperCase()];
}

/**
 * The letters that are the same whatever stands before and after the secret in the encoded text: three
 * forms, because four letters hold three bytes, in each of the two alphabets.
 */
function base64Forms(bytes: Buffer): string[] {
  return [0, 1, 2].flatMap((shift) => {
    const whole = Buffer.concat([Buffer.alloc(shift), bytes]);
    const own = whole
      .toString("base64")
      .slice(Math.ceil((shift * 8) / 6), Math.floor((whole.length * 8) / 6));
    return [own, own.replaceAll("+", "-").replaceAll("/", "_")];
  });
}
