// Statements on a strip of time, a lane a story: what somebody said about what, and when.
import { scaleUtc } from "d3-scale";
import { firstDay, isoDay, readableDate } from "../text/dates";
import { number } from "../text/numbers";
import { useWidth } from "./time_strip";

export interface LanePoint {
  href: string;
  /** As exact as it is known. */
  date: string;
  words: string;
  /** How many reports carry it. */
  weight: number;
}

export interface Lane {
  title: string;
  href?: string;
  points: LanePoint[];
}

const laneHeight = 34;
const axis = 24;
const day = 86_400_000;

interface LanesProps {
  lanes: Lane[];
  label: string;
  /** The days to show; points before or after them stand at the edge, hollow. */
  from?: string | null;
  to?: string | null;
}

export function StoryLanes({ lanes, label, from, to }: LanesProps) {
  const [attach, width] = useWidth();
  const times = lanes.flatMap((lane) => lane.points.map((point) => Date.parse(firstDay(point.date) ?? "")).filter(Number.isFinite));
  if (times.length === 0) return null;
  const narrow = width < 560;
  const left = narrow ? 8 : 220;
  const first = Date.parse(firstDay(from ?? "") ?? "") || Math.min(...times);
  const last = Date.parse(firstDay(to ?? "") ?? "") || Math.max(...times);
  const margin = Math.max(day, (last - first) / 20);
  const domain: [number, number] = [first - margin, last + margin];
  const x = scaleUtc().domain(domain).range([left + 6, Math.max(left + 40, width - 12)]).clamp(true);
  const ticks = x.ticks(Math.max(2, Math.floor((width - left) / 110)));
  const tickLabel = x.tickFormat();
  const rows = narrow ? laneHeight + 18 : laneHeight;
  const height = lanes.length * rows + axis;
  const middle = (lane: number): number => lane * rows + (narrow ? 18 : 0) + laneHeight / 2;
  return (
    <figure class="lanes" ref={attach} aria-label={label}>
      <svg width={width} height={height} role="group" aria-label={label}>
        {ticks.map((tick) => <line key={tick.getTime()} class="lane-tick" x1={x(tick)} x2={x(tick)} y1={0} y2={height - axis} />)}
        {lanes.map((lane, i) => (
          <g key={i}>
            {lane.href
              ? <a href={lane.href}><text class="lane-title" x={narrow ? 0 : 0} y={narrow ? middle(i) - 18 : middle(i) + 4}>{short(lane.title, narrow ? 44 : 28)}<title>{lane.title}</title></text></a>
              : <text class="lane-title lane-title-plain" x={0} y={narrow ? middle(i) - 18 : middle(i) + 4}>{short(lane.title, narrow ? 44 : 28)}</text>}
            <line class="strip-line" x1={left} x2={width} y1={middle(i)} y2={middle(i)} />
            {lane.points.map((point, k) => (
              <a key={k} href={point.href} aria-label={`${readableDate(point.date)}: ${short(point.words, 80)}`}>
                <circle class={isWithin(point.date, domain) ? "lane-point" : "lane-point lane-point-out"} cx={x(Date.parse(firstDay(point.date) ?? isoDay(new Date(domain[0]))))} cy={middle(i)} r={Math.min(10, 4 + Math.sqrt(point.weight - 1) * 2)} />
                <title>{`${readableDate(point.date)}${point.weight > 1 ? `, ${number(point.weight)} reports` : ""}\n${point.words}`}</title>
              </a>
            ))}
          </g>
        ))}
        {ticks.map((tick) => <text key={tick.getTime()} class="strip-tick" x={x(tick)} y={height - 5} text-anchor={x(tick) > width - 24 ? "end" : "middle"} aria-hidden="true">{tickLabel(tick)}</text>)}
      </svg>
    </figure>
  );
}

function isWithin(date: string, domain: [number, number]): boolean {
  const time = Date.parse(firstDay(date) ?? "");
  return time >= domain[0] && time <= domain[1];
}

/** Cut to the width of so many small letters; a capital takes a third more. */
function short(text: string, letters: number): string {
  let width = 0;
  for (let i = 0; i < text.length; ++i) {
    width += /\p{Lu}/u.test(text[i]!) ? 1.35 : 1;
    if (width > letters) return `${text.slice(0, i).trimEnd()}…`;
  }
  return text;
}
