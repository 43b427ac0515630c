// How many quotations fall on which days, as bars; a stretch of them can be chosen by dragging or by the keyboard.
import { scaleLinear, scaleUtc } from "d3-scale";
import { useEffect, useRef, useState } from "preact/hooks";
import { isoDay, readableDate } from "../text/dates";
import { count } from "../text/numbers";

export interface Bucket {
  /** "YYYY-MM-DD" */
  day: string;
  count: number;
}

interface Props {
  buckets: Bucket[];
  since?: string;
  until?: string;
  /** What the bars count. */
  noun: [one: string, many: string];
  onChoose: (since: string | undefined, until: string | undefined) => void;
}

const height = 92;
const axis = 22;
const day = 86_400_000;

export type Grain = "day" | "week" | "month";

function start(time: number, grain: Grain): number {
  const date = new Date(time);
  if (grain === "month") return Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), 1);
  const midnight = Math.floor(time / day) * day;
  return grain === "day" ? midnight : midnight - ((date.getUTCDay() + 6) % 7) * day;
}

function next(time: number, grain: Grain): number {
  if (grain === "day") return time + day;
  if (grain === "week") return time + 7 * day;
  const date = new Date(time);
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 1);
}

/** The finest grain whose bars are at least some pixels wide. */
function grainFor(first: number, last: number, width: number): Grain {
  const days = (last - first) / day + 1;
  if ((width / days) >= 5) return "day";
  return (width / days) * 7 >= 5 ? "week" : "month";
}

interface Bar {
  from: number;
  to: number;
  count: number;
}

function bars(buckets: Bucket[], grain: Grain): Bar[] {
  const sums = new Map<number, number>();
  for (const bucket of buckets) {
    const at = start(Date.parse(bucket.day), grain);
    sums.set(at, (sums.get(at) ?? 0) + bucket.count);
  }
  return [...sums].sort((a, b) => a[0] - b[0]).map(([from, sum]) => ({ from, to: next(from, grain), count: sum }));
}

export function useWidth(): [(element: HTMLElement | null) => void, number] {
  const [width, setWidth] = useState(0);
  const observer = useRef<ResizeObserver>();
  const attach = useRef((element: HTMLElement | null) => {
    observer.current?.disconnect();
    if (!element) return;
    setWidth(element.clientWidth);
    observer.current = new ResizeObserver(() => setWidth(element.clientWidth));
    observer.current.observe(element);
  });
  return [attach.current, width];
}

export function TimeStrip({ buckets, since, until, noun, onChoose }: Props) {
  const [attach, width] = useWidth();
  const [drag, setDrag] = useState<[number, number] | null>(null);
  const origin = useRef(0);
  useEffect(() => setDrag(null), [since, until]);

  const times = buckets.map((bucket) => Date.parse(bucket.day)).filter(Number.isFinite);
  if (times.length === 0) return null;
  const earliest = Math.min(...times);
  const latest = Math.max(...times);
  const grain = grainFor(earliest, latest, Math.max(width, 300));
  const drawn = bars(buckets, grain);
  const domain: [number, number] = [drawn[0]!.from, drawn[drawn.length - 1]!.to];
  const x = scaleUtc().domain(domain).range([1, Math.max(2, width - 1)]);
  const y = scaleLinear().domain([0, Math.max(...drawn.map((bar) => bar.count))]).range([0, height - axis - 8]);
  const ticks = x.ticks(Math.max(2, Math.floor(width / 110)));
  const label = x.tickFormat();

  const chosen: [number, number] = drag ?? [
    since ? Math.max(domain[0], Date.parse(since)) : domain[0],
    until ? Math.min(domain[1], Date.parse(until) + day) : domain[1],
  ];
  const isChosen = drag !== null || since !== undefined || until !== undefined;

  /** Whole bars between two moments. */
  const whole = (a: number, b: number): [number, number] => {
    const from = Math.max(domain[0], start(Math.min(a, b), grain));
    const to = Math.min(domain[1], next(start(Math.max(a, b), grain), grain));
    return [from, to];
  };
  const choose = ([from, to]: [number, number]): void => {
    const all = from <= domain[0] && to >= domain[1];
    onChoose(all ? undefined : isoDay(new Date(from)), all ? undefined : isoDay(new Date(to - day)));
  };
  const moment = (event: PointerEvent): number => {
    const box = (event.currentTarget as Element).getBoundingClientRect();
    return Math.min(domain[1] - 1, Math.max(domain[0], x.invert(event.clientX - box.left).getTime()));
  };
  const move = (edge: 0 | 1, steps: number): void => {
    const edges: [number, number] = [chosen[0], chosen[1]];
    for (let i = 0; i < Math.abs(steps); ++i) {
      edges[edge] = steps > 0 ? next(start(edges[edge], grain), grain) : start(edges[edge] - 1, grain);
    }
    edges[edge] = Math.min(domain[1], Math.max(domain[0], edges[edge]));
    if (edges[0] < edges[1]) choose(edges);
  };
  const onKey = (edge: 0 | 1) => (event: KeyboardEvent): void => {
    const steps = { ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1, PageDown: -6, PageUp: 6 }[event.key];
    if (steps !== undefined) move(edge, steps);
    else if (event.key === "Home" && edge === 0) choose([domain[0], chosen[1]]);
    else if (event.key === "End" && edge === 1) choose([chosen[0], domain[1]]);
    else return;
    event.preventDefault();
  };
  const inside = drawn.filter((bar) => bar.from < chosen[1] && bar.to > chosen[0]).reduce((sum, bar) => sum + bar.count, 0);
  const told = `${readableDate(isoDay(new Date(chosen[0])))} to ${readableDate(isoDay(new Date(chosen[1] - day)))}`;

  return (
    <figure class="strip" ref={attach}>
      <svg width={width} height={height} class="strip-chart" role="group" aria-label={`${noun[1]} by ${grain}; drag to choose dates`}
        onPointerDown={(event) => {
          if (event.button !== 0) return;
          (event.currentTarget as Element).setPointerCapture(event.pointerId);
          origin.current = moment(event);
          setDrag(whole(origin.current, origin.current));
        }}
        onPointerMove={(event) => drag && setDrag(whole(origin.current, moment(event)))}
        onPointerUp={(event) => drag && choose(whole(origin.current, moment(event)))}
        onPointerCancel={() => setDrag(null)}>
        {isChosen && <rect class="strip-window" x={x(chosen[0])} width={Math.max(1, x(chosen[1]) - x(chosen[0]))} y={0} height={height - axis} />}
        {drawn.map((bar) => (
          <rect key={bar.from} class={bar.from < chosen[1] && bar.to > chosen[0] ? "strip-bar" : "strip-bar strip-bar-out"}
            x={x(bar.from) + 0.5} width={Math.max(1.5, x(bar.to) - x(bar.from) - 1)}
            y={height - axis - y(bar.count)} height={y(bar.count)}>
            <title>{`${readableDate(isoDay(new Date(bar.from)))}${grain === "day" ? "" : ` – ${readableDate(isoDay(new Date(bar.to - day)))}`}: ${count(bar.count, ...noun)}`}</title>
          </rect>
        ))}
        <line class="strip-line" x1={0} x2={width} y1={height - axis + 0.5} y2={height - axis + 0.5} />
        {ticks.map((tick) => (
          <text key={tick.getTime()} class="strip-tick" x={x(tick)} y={height - 5} text-anchor={x(tick) < 24 ? "start" : x(tick) > width - 24 ? "end" : "middle"} aria-hidden="true">{label(tick)}</text>
        ))}
        {([0, 1] as const).map((edge) => (
          <rect key={edge} class="strip-handle" role="slider" tabindex={0} aria-label={edge === 0 ? "first day" : "last day"}
            aria-valuemin={0} aria-valuemax={Math.round((domain[1] - domain[0]) / day)} aria-valuenow={Math.round((chosen[edge] - domain[0]) / day)}
            aria-valuetext={readableDate(isoDay(new Date(edge === 0 ? chosen[0] : chosen[1] - day)))}
            x={x(chosen[edge]) - 2} width={4} y={0} height={height - axis} onKeyDown={onKey(edge)} />
        ))}
      </svg>
      <figcaption class="strip-caption">
        {isChosen
          ? <><span>{told}: <strong>{count(inside, ...noun)}</strong></span> <button type="button" class="button-plain" onClick={() => onChoose(undefined, undefined)}>All dates</button></>
          : <span>{told}. Drag over the bars to choose dates.</span>}
      </figcaption>
    </figure>
  );
}
