/**
 * How much a stack forgives. `strict` refuses what is insecure or not highly available; `relaxed`
 * allows it and says so. It stands in for the question "is this production?", which nothing else asks.
 */
export type Guard = "strict" | "relaxed";
