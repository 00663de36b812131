type Rgb = readonly [number, number, number];

/** What stands in for an accent colour that is not `#rrggbb`. */
const fallback = '#2f5fd0';

/**
 * The accent colour, moved towards black or white just as far as text in it needs to be readable on a background
 * (WCAG 2.2 §1.4.3: contrast 4.5 to 1), whatever colour the team chose.
 *
 * @param accent `#rrggbb`; anything else is replaced, so that no other CSS gets in
 * @param background `#rrggbb`
 */
export function readableColor(accent: string, background: string): string {
  const start = parse(/^#[0-9a-f]{6}$/i.test(accent) ? accent : fallback);
  const back = parse(background);
  const target: Rgb = luminance(back) > 0.5 ? [0, 0, 0] : [255, 255, 255];
  for (let step = 0; step <= 20; step += 1) {
    const color = mix(start, target, step / 20);
    if (contrast(color, back) >= 4.5) return format(color);
  }
  return format(target);
}

/** Contrast of two colours as WCAG 2.2 defines it, 1 to 21. */
export function contrast(one: Rgb, other: Rgb): number {
  const [low, high] = [luminance(one), luminance(other)].sort((a, b) => a - b) as [number, number];
  return (high + 0.05) / (low + 0.05);
}

/** @param color `#rrggbb` */
export function parse(color: string): Rgb {
  const value = parseInt(color.slice(1), 16);
  return [(value >> 16) & 255, (value >> 8) & 255, value & 255];
}

function format(color: Rgb): string {
  return `#${color.map((channel) => Math.round(channel).toString(16).padStart(2, '0')).join('')}`;
}

function mix(from: Rgb, to: Rgb, share: number): Rgb {
  return [0, 1, 2].map((i) => (from[i] ?? 0) + ((to[i] ?? 0) - (from[i] ?? 0)) * share) as unknown as Rgb;
}

function luminance(color: Rgb): number {
  const [red, green, blue] = color.map((channel) => {
    const share = channel / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  }) as unknown as Rgb;
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
