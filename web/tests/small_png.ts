// A screenshot with at most 256 colours: a third of the bytes, and no difference that an eye would find on a page of text.
import { deflateSync, inflateSync } from "node:zlib";

interface Picture {
  width: number;
  height: number;
  /** Three bytes a pixel. */
  pixels: Uint8Array;
}

function paeth(a: number, b: number, c: number): number {
  const [pa, pb, pc] = [Math.abs(b - c), Math.abs(a - c), Math.abs(a + b - 2 * c)];
  return pa <= pb && pa <= pc ? a : pb <= pc ? b : c;
}

/** 8-bit RGB or RGBA, not interlaced: what Chromium writes. */
function decode(png: Buffer): Picture {
  const [width, height, depth, type] = [png.readUInt32BE(16), png.readUInt32BE(20), png[24], png[25]];
  if (depth !== 8 || (type !== 2 && type !== 6) || png[28] !== 0) throw new Error("a PNG of another kind");
  const parts: Buffer[] = [];
  for (let at = 8; at < png.length; ) {
    const length = png.readUInt32BE(at);
    if (png.toString("latin1", at + 4, at + 8) === "IDAT") parts.push(png.subarray(at + 8, at + 8 + length));
    at += length + 12;
  }
  const raw = inflateSync(Buffer.concat(parts));
  const bytes = type === 2 ? 3 : 4;
  const stride = width * bytes;
  const rows = new Uint8Array(stride * height);
  for (let y = 0; y < height; ++y) {
    const filter = raw[y * (stride + 1)]!;
    for (let x = 0; x < stride; ++x) {
      const left = x >= bytes ? rows[y * stride + x - bytes]! : 0;
      const up = y > 0 ? rows[(y - 1) * stride + x]! : 0;
      const corner = x >= bytes && y > 0 ? rows[(y - 1) * stride + x - bytes]! : 0;
      const guess = [0, left, up, (left + up) >> 1, paeth(left, up, corner)][filter]!;
      rows[y * stride + x] = raw[y * (stride + 1) + 1 + x]! + guess;
    }
  }
  const pixels = new Uint8Array(width * height * 3);
  for (let i = 0; i < width * height; ++i) pixels.set(rows.subarray(i * bytes, i * bytes + 3), i * 3);
  return { width, height, pixels };
}

/** The most frequent colours; the others take the nearest of them. */
function palette(picture: Picture, size: number): { colors: number[]; indices: Uint8Array } {
  const counts = new Map<number, number>();
  const { pixels } = picture;
  const color = (i: number): number => (pixels[i * 3]! << 16) | (pixels[i * 3 + 1]! << 8) | pixels[i * 3 + 2]!;
  const pixelCount = pixels.length / 3;
  for (let i = 0; i < pixelCount; ++i) counts.set(color(i), (counts.get(color(i)) ?? 0) + 1);
  const colors = [...counts].sort((a, b) => b[1] - a[1]).slice(0, size).map(([one]) => one);
  const nearest = new Map<number, number>();
  const find = (one: number): number => {
    let best = 0;
    let least = Infinity;
    colors.forEach((other, i) => {
      const distance = ((one >> 16) - (other >> 16)) ** 2 + (((one >> 8) & 255) - ((other >> 8) & 255)) ** 2 + ((one & 255) - (other & 255)) ** 2;
      if (distance < least) [best, least] = [i, distance];
    });
    return best;
  };
  const indices = new Uint8Array(pixelCount);
  for (let i = 0; i < pixelCount; ++i) {
    const one = color(i);
    if (!nearest.has(one)) nearest.set(one, find(one));
    indices[i] = nearest.get(one)!;
  }
  return { colors, indices };
}

const crcTable = Array.from({ length: 256 }, (_, n) => {
  let c = n;
  for (let k = 0; k < 8; ++k) c = c & 1 ? 0xedb88320 ^ (c >>> 1) : c >>> 1;
  return c >>> 0;
});

function chunk(name: string, data: Uint8Array): Buffer {
  const out = Buffer.alloc(data.length + 12);
  out.writeUInt32BE(data.length, 0);
  out.write(name, 4, "latin1");
  out.set(data, 8);
  let crc = 0xffffffff;
  for (const byte of out.subarray(4, data.length + 8)) crc = crcTable[(crc ^ byte) & 255]! ^ (crc >>> 8);
  out.writeUInt32BE((crc ^ 0xffffffff) >>> 0, data.length + 8);
  return out;
}

export function smallPng(png: Buffer, size = 128): Buffer {
  const picture = decode(png);
  const { colors, indices } = palette(picture, size);
  const header = Buffer.alloc(13);
  header.writeUInt32BE(picture.width, 0);
  header.writeUInt32BE(picture.height, 4);
  header.set([8, 3, 0, 0, 0], 8);
  const rows = Buffer.alloc((picture.width + 1) * picture.height);
  for (let y = 0; y < picture.height; ++y) rows.set(indices.subarray(y * picture.width, (y + 1) * picture.width), y * (picture.width + 1) + 1);
  const table = Buffer.from(colors.flatMap((one) => [one >> 16, (one >> 8) & 255, one & 255]));
  return Buffer.concat([png.subarray(0, 8), chunk("IHDR", header), chunk("PLTE", table), chunk("IDAT", deflateSync(rows, { level: 9 })), chunk("IEND", Buffer.alloc(0))]);
}
