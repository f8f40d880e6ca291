import type { Problem } from "../../core/problem.ts";
import { WEEKDAYS, type MaintenanceSettings } from "../settings.ts";
import { DAY_MS, HOUR_MS, MINOR_VERSIONS, windowDays, windowStart } from "./maintenance.ts";

/**
 * What GKE asks for (cloud.google.com/kubernetes-engine/docs/concepts/maintenance-windows-and-exclusions):
 * so many hours in any so many days in which it may work, and pieces below so many hours do not count.
 */
const FEWEST_HOURS = 48;
const SPAN_DAYS = 32;
const SHORTEST_PIECE_HOURS = 4;
/** GKE takes so many exclusions that stop everything. */
const MOST_EXCLUSIONS = 3;

const WEEK_MS = WEEKDAYS.length * DAY_MS;

interface Piece {
  readonly from: number;
  readonly until: number;
}

/** The windows that touch a stretch of time, joined where one begins before another has ended. */
function windows(settings: MaintenanceSettings, stretch: Piece): Piece[] {
  const starts = windowDays(settings).map((day) => windowStart(settings, day));
  const firstWeek = Math.floor((stretch.from - Math.min(...starts)) / WEEK_MS) - 1;
  const lastWeek = Math.ceil((stretch.until - Math.min(...starts)) / WEEK_MS) + 1;
  const pieces = Array.from({ length: lastWeek - firstWeek + 1 }, (_, index) => firstWeek + index)
    .flatMap((week) => starts.map((start) => start + week * WEEK_MS))
    .map((from) => ({ from, until: from + settings.hours * HOUR_MS }));
  return joined(pieces);
}

function joined(pieces: readonly Piece[]): Piece[] {
  const all: Piece[] = [];
  for (const piece of pieces) {
    const last = all.at(-1);
    if (last === undefined || last.until < piece.from) all.push(piece);
    else all[all.length - 1] = { from: last.from, until: Math.max(last.until, piece.until) };
  }
  return all;
}

/** What is left of pieces once something is taken out of them. */
function without(pieces: readonly Piece[], { from, until }: Piece): Piece[] {
  return pieces.flatMap((piece) => [
    ...(piece.from < from ? [{ from: piece.from, until: Math.min(piece.until, from) }] : []),
    ...(piece.until > until ? [{ from: Math.max(piece.from, until), until: piece.until }] : []),
  ]);
}

const hoursOf = ({ from, until }: Piece) => Math.max(0, until - from) / HOUR_MS;

/** Hours in which GKE may work in the days after `from`. */
function hoursAfter(pieces: readonly Piece[], from: number): number {
  const until = from + SPAN_DAYS * DAY_MS;
  return pieces
    .map((piece) =>
      hoursOf({ from: Math.max(piece.from, from), until: Math.min(piece.until, until) }),
    )
    .filter((hours) => hours >= SHORTEST_PIECE_HOURS)
    .reduce((sum, hours) => sum + hours, 0);
}

/**
 * The fewest hours that GKE finds in any 32 days between the two ends of a stretch. The sum changes its
 * slope only where a piece begins to enter or to leave the days, or falls below what counts.
 */
function fewestHours(pieces: readonly Piece[], stretch: Piece): number {
  const span = SPAN_DAYS * DAY_MS;
  const shortest = SHORTEST_PIECE_HOURS * HOUR_MS;
  const turns = pieces.flatMap(({ from, until }) => [
    from,
    until,
    until - shortest,
    from + shortest,
  ]);
  const last = stretch.until - span;
  const begins = turns
    .flatMap((turn) => [turn, turn - span])
    // One millisecond later a piece of just four hours has become too short to count.
    .flatMap((turn) => [turn - 1, turn, turn + 1])
    .filter((turn) => turn > stretch.from && turn < last);
  return Math.min(...[stretch.from, ...begins, last].map((begin) => hoursAfter(pieces, begin)));
}

/** The fewest hours in any 32 days in which GKE may work, exclusions taken out. */
export function maintenanceHours(settings: MaintenanceSettings): number {
  const exclusions = settings.exclusions.map(({ from, until }) => ({
    from: Date.parse(from),
    until: Date.parse(until),
  }));
  const span = SPAN_DAYS * DAY_MS;
  const stretches = [{ from: 0, until: 0 }, ...exclusions].map(({ from, until }) => ({
    from: from - span - WEEK_MS,
    until: until + span + WEEK_MS,
  }));
  return Math.min(
    ...stretches.map((stretch) => {
      const open = exclusions.reduce(without, windows(settings, stretch));
      return fewestHours(open, stretch);
    }),
  );
}

function checkNames({ exclusions }: MaintenanceSettings): Problem[] {
  return exclusions.flatMap(({ name }, index) =>
    name === MINOR_VERSIONS
      ? [
          {
            path: `exclusions[${index}].name`,
            got: JSON.stringify(name),
            expected: "another name, because Slipway's own exclusion has this one",
            remedy: "Give it another name.",
          },
        ]
      : [],
  );
}

function checkNumber({ exclusions }: MaintenanceSettings): Problem[] {
  if (exclusions.length <= MOST_EXCLUSIONS) return [];
  return [
    {
      path: "exclusions",
      got: `${exclusions.length} in all`,
      expected: `at most ${MOST_EXCLUSIONS}, which GKE takes`,
      remedy: "Remove those that are over.",
    },
  ];
}

/** Problems of `maintenance` that hang on GKE. */
export function checkAvailability(settings: MaintenanceSettings): Problem[] {
  // Times that there are not have a problem of their own.
  const readable = settings.exclusions.every(
    ({ from, until }) => Date.parse(from) < Date.parse(until),
  );
  const hours = readable && settings.days.length > 0 ? maintenanceHours(settings) : FEWEST_HOURS;
  const short: Problem[] =
    hours >= FEWEST_HOURS
      ? []
      : [
          {
            path: "",
            got: `${Math.floor(hours)} hours in some ${SPAN_DAYS} days`,
            expected: `at least ${FEWEST_HOURS}, counting windows of ${SHORTEST_PIECE_HOURS} hours or more, which GKE demands`,
            remedy: "Name more days, make the window longer, or shorten the exclusions.",
          },
        ];
  return [...checkNames(settings), ...checkNumber(settings), ...short];
}
