// Where the rows of a long list stand, most of which nobody has seen: those that were drawn count with their height,
// the others with an estimate. Sums are kept for blocks of rows, so that finding a row costs one walk over the
// blocks: 200 steps for 50,000 rows.

const blockRows = 256;

export class Heights {
  private heights = new Float32Array(0);
  private blocks: number[] = [];
  size = 0;

  constructor(private readonly estimate: number) {}

  resize(size: number): void {
    if (size === this.size) return;
    const heights = new Float32Array(size).fill(this.estimate);
    heights.set(this.heights.subarray(0, size));
    this.heights = heights;
    this.size = size;
    this.sumBlocks();
  }

  /** After the width changed, no height holds. */
  forget(): void {
    this.heights.fill(this.estimate);
    this.sumBlocks();
  }

  private sumBlocks(): void {
    this.blocks = [];
    for (let row = 0; row < this.size; ++row) {
      const block = Math.floor(row / blockRows);
      this.blocks[block] = (this.blocks[block] ?? 0) + this.heights[row]!;
    }
  }

  of(row: number): number {
    return this.heights[row] ?? this.estimate;
  }

  /** Returns by how much the row grew. */
  set(row: number, height: number): number {
    if (row >= this.size) return 0;
    const growth = height - this.heights[row]!;
    if (growth !== 0) {
      this.heights[row] = height;
      this.blocks[Math.floor(row / blockRows)]! += growth;
    }
    return growth;
  }

  get total(): number {
    return this.blocks.reduce((sum, block) => sum + block, 0);
  }

  /** The distance from the list's top to the row's. */
  top(row: number): number {
    const block = Math.floor(row / blockRows);
    let sum = 0;
    for (let i = 0; i < block; ++i) sum += this.blocks[i]!;
    for (let i = block * blockRows; i < row; ++i) sum += this.heights[i]!;
    return sum;
  }

  /** The row that covers a distance from the list's top; the first or last one for distances outside. */
  at(distance: number): number {
    let block = 0;
    let sum = 0;
    while (block < this.blocks.length - 1 && sum + this.blocks[block]! <= distance) sum += this.blocks[block++]!;
    let row = block * blockRows;
    while (row < this.size - 1 && sum + this.heights[row]! <= distance) sum += this.heights[row++]!;
    return Math.min(row, Math.max(0, this.size - 1));
  }
}
