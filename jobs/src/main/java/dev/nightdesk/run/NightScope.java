package dev.nightdesk.run;

/** What a night on a publication computes. The tables are the same. */
enum NightScope {
  /** Everything while the dumps are so few that finding out what they touch takes longer. */
  AUTO,
  /** What the night touches, however few the dumps. */
  TOUCHED
}
