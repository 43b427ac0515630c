// The server counts code points, JavaScript UTF-16 units. They differ in texts with characters beyond U+FFFF only.

/** A place in a text, [begin, end), in code points. */
export type CodePoints = readonly [begin: number, end: number];
/** The same in UTF-16 units: what `slice` and `Range` take. */
export interface Units {
  begin: number;
  end: number;
}

/** Translates places of one text. Building it reads the text once; a look-up is O(log n) in its surrogate pairs. */
export class UnitIndex {
  /** The code points, in order, that take two units. */
  private readonly wide: number[] = [];
  readonly codePoints: number;

  constructor(readonly text: string) {
    let point = 0;
    for (let unit = 0; unit < text.length; ++point) {
      const high = text.charCodeAt(unit);
      const low = text.charCodeAt(unit + 1);
      const pair = high >= 0xd800 && high < 0xdc00 && low >= 0xdc00 && low < 0xe000;
      if (pair) this.wide.push(point);
      unit += pair ? 2 : 1;
    }
    this.codePoints = point;
  }

  unit(codePoint: number): number {
    let low = 0;
    let high = this.wide.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.wide[middle]! < codePoint) low = middle + 1;
      else high = middle;
    }
    return codePoint + low;
  }

  units(span: CodePoints): Units {
    return { begin: this.unit(span[0]), end: this.unit(span[1]) };
  }

  cut(span: CodePoints): string {
    const { begin, end } = this.units(span);
    return this.text.slice(begin, end);
  }
}
