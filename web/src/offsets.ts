// Places of a report count bytes of UTF-8, texts of a page count units of UTF-16.

/** The unit at which each byte stands, for all wanted bytes in one pass; the end of the text for what lies behind it. */
export function unitsAt(text: string, wanted: number[]): Map<number, number> {
  const units = new Map<number, number>();
  let byte = 0;
  let unit = 0;
  for (const offset of [...new Set(wanted)].sort((one, other) => one - other)) {
    while (byte < offset && unit < text.length) {
      const code = text.codePointAt(unit) ?? 0;
      byte += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
      unit += code < 0x10000 ? 1 : 2;
    }
    units.set(offset, unit);
  }
  return units;
}
