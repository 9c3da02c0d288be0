const UNITS: Readonly<Record<string, number>> = { "": 1, K: 1_024, M: 1_024 ** 2, G: 1_024 ** 3 };

/** "4G", "500 M", "1024": bytes. @returns null where it is none */
export function parseByteSize(text: string): number | null {
  const match = /^(\d+(?:\.\d+)?)\s*([kmg]?)(?:i?b)?$/i.exec(text.trim());
  const unit = UNITS[(match?.[2] ?? "").toUpperCase()];
  const bytes = Math.floor(Number(match?.[1]) * (unit ?? 1));
  return match === null || !Number.isSafeInteger(bytes) ? null : bytes;
}
