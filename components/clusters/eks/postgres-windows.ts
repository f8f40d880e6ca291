import { WEEKDAYS, type MaintenanceSettings } from "../settings.ts";

const MINUTES_PER_DAY = 24 * 60;
const MINUTES_PER_WEEK = 7 * MINUTES_PER_DAY;
/** Length of each window; RDS takes half an hour at least. */
const WINDOW_MINUTES = 60;

const twoDigits = (number: number) => String(number).padStart(2, "0");

function time(minute: number): string {
  const ofDay = minute % MINUTES_PER_DAY;
  return `${twoDigits(Math.floor(ofDay / 60))}:${twoDigits(ofDay % 60)}`;
}

function dayAndTime(minute: number): string {
  const ofWeek = minute % MINUTES_PER_WEEK;
  const day = WEEKDAYS[Math.floor(ofWeek / MINUTES_PER_DAY)] ?? "Sunday";
  return `${day.slice(0, 3).toLowerCase()}:${time(ofWeek)}`;
}

/**
 * When RDS may change a server, and when it backs it up: the hour before, so that whatever goes wrong
 * goes wrong after a backup. RDS takes no windows that overlap.
 */
export function postgresWindows({ days, start }: Pick<MaintenanceSettings, "days" | "start">): {
  readonly maintenanceWindow: string;
  readonly backupWindow: string;
} {
  const [day = "Sunday"] = days;
  const [hour = 0, minute = 0] = start.split(":").map(Number);
  const first = WEEKDAYS.indexOf(day) * MINUTES_PER_DAY + hour * 60 + minute;
  const before = first + MINUTES_PER_WEEK - WINDOW_MINUTES;
  return {
    maintenanceWindow: `${dayAndTime(first)}-${dayAndTime(first + WINDOW_MINUTES)}`,
    backupWindow: `${time(before)}-${time(before + WINDOW_MINUTES)}`,
  };
}
