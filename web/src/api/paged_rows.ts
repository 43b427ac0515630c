// A list of the server's, which comes in pages behind cursors, as far as it has been loaded.
import { ApiError, get } from "./client";
import { Heights } from "../parts/heights";

export interface Page<Raw> {
  items: Raw[];
  total: number;
  /** There are more than `total`; how many, nobody counted. */
  total_is_capped?: boolean;
  next?: string | null;
}

/** Rows of the first page: enough to fill several windows, small enough to come in a few milliseconds. */
const rowsAtFirst = 30;
/** Of the others: the most that the server gives. */
const rowsAtOnce = 500;

export class PagedRows<Row, Raw = Row> {
  readonly rows: Row[] = [];
  /** Of all rows, loaded or not; undefined until the first page is here. While `isCapped`, there are more. */
  total: number | undefined;
  isCapped = false;
  /** What else the first page said: order, facets. */
  first: Page<Raw> | undefined;
  error: ApiError | undefined;
  /** Heights of the rows as they were last drawn; kept here so that "back" finds its place. */
  readonly heights: Heights;
  private next: string | null | undefined;
  private wanted = 0;
  private loading = false;
  private readonly listeners = new Set<() => void>();

  /** `keep` makes of what the server sends what the page shows: 50,000 rows stay in memory. */
  constructor(
    readonly path: string,
    private readonly keep: (raw: Raw) => Row,
    estimatedHeight: number,
  ) {
    this.heights = new Heights(estimatedHeight);
  }

  subscribe(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => void this.listeners.delete(listener);
  }

  get complete(): boolean {
    return this.total !== undefined && this.next == null;
  }

  /** Loads until row `count` - 1 is here or there are no more. */
  ensure(count: number): void {
    this.wanted = Math.max(this.wanted, count);
    if (!this.loading) void this.load();
  }

  retry(): void {
    this.error = undefined;
    this.ensure(this.wanted);
  }

  private async load(): Promise<void> {
    this.loading = true;
    try {
      while (!this.error && !this.complete && this.rows.length < Math.max(this.wanted, 1)) await this.loadPage();
    } finally {
      this.loading = false;
    }
  }

  private async loadPage(): Promise<void> {
    const join = this.path.includes("?") ? "&" : "?";
    const cursor = this.next ? `&cursor=${encodeURIComponent(this.next)}` : "";
    try {
      const page = await get<Page<Raw>>(`${this.path}${join}limit=${this.next ? rowsAtOnce : rowsAtFirst}${cursor}`);
      this.first ??= page;
      for (const raw of page.items) this.rows.push(this.keep(raw));
      this.next = page.next ?? null;
      this.isCapped = this.next !== null && page.total_is_capped === true;
      // Where more rows follow than were counted, one stands for them: who scrolls there has them loaded.
      this.total = this.next === null ? this.rows.length : Math.max(page.total, this.rows.length + 1);
      this.heights.resize(this.total);
    } catch (error) {
      this.error = error instanceof ApiError ? error : new ApiError(0, "page", String(error));
    }
    for (const listener of this.listeners) listener();
  }
}

// The lists seen last, so that "back" needs no loading.
const kept = new Map<string, PagedRows<unknown, unknown>>();
const keptAtMost = 4;

export function pagedRows<Row, Raw>(path: string, keep: (raw: Raw) => Row, estimatedHeight: number, anew: boolean): PagedRows<Row, Raw> {
  const before = kept.get(path) as PagedRows<Row, Raw> | undefined;
  if (before && !anew && !before.error) return before;
  const rows = new PagedRows<Row, Raw>(path, keep, estimatedHeight);
  kept.delete(path);
  kept.set(path, rows as unknown as PagedRows<unknown, unknown>);
  if (kept.size > keptAtMost) kept.delete(kept.keys().next().value!);
  return rows;
}

export function forgetLists(): void {
  kept.clear();
}
