import { attributeText } from "../attribute-text.ts";

/** For an SVG attribute: two decimals, and never NaN. */
export const px = (value: number): string => (Number.isFinite(value) ? String(Math.round(value * 100) / 100) : "0");

/** A part of a whole, 0 to 1, whatever is divided by what. */
export const part = (value: number, whole: number): number =>
  whole > 0 && Number.isFinite(value) ? Math.max(0, Math.min(1, value / whole)) : 0;

/** Diagonal lines mean that nothing is known; the id must be the page's only one. */
export const Hatch = ({ id }: { id: string }) => (
  <defs>
    <pattern id={attributeText(hatchId(id))} width="6" height="6" patternUnits="userSpaceOnUse">
      <path class="pic-hatch" d="M-1 1 1 -1M0 6 6 0M5 7 7 5" />
    </pattern>
  </defs>
);

export const hatchId = (id: string): string => `${id.replaceAll(/[^\w-]/g, "_")}-hatch`;

type BoxProps = {
  readonly kind: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  /** of the picture, for what is unknown */
  readonly id: string;
  readonly title?: string;
};

/** A rectangle of one kind; what is unknown is hatched. */
export const Box = ({ kind, x, y, width, height, id, title }: BoxProps) => (
  <rect
    class={`pic-${kind}`}
    x={px(x)}
    y={px(y)}
    width={px(Math.max(0, width))}
    height={px(Math.max(0, height))}
    {...(kind === "unknown" ? { fill: `url(#${hatchId(id)})` } : {})}
  >
    {title === undefined ? "" : <title safe>{title}</title>}
  </rect>
);

type FrameProps = {
  readonly id: string;
  readonly label: string;
  readonly width: number;
  readonly height: number;
  readonly kind: string;
  /** what is in it can be followed, as links can: then it is no one picture */
  readonly holdsLinks?: boolean;
  readonly children: JSX.Element;
};

/** A picture with its name for whoever does not see it. */
export const Picture = ({ id, label, width, height, kind, holdsLinks = false, children }: FrameProps) => (
  <svg
    class={`pic ${kind}`}
    role={holdsLinks ? "group" : "img"}
    aria-label={attributeText(label)}
    viewBox={`0 0 ${px(width)} ${px(height)}`}
    preserveAspectRatio="none"
    xmlns="http://www.w3.org/2000/svg"
  >
    <Hatch id={id} />
    {children}
  </svg>
);
