package dev.nightdesk.run;

/** What becomes of a night whose dumps are far smaller or larger than those before. */
enum OddVolumes {
  /** It is not published. */
  STOP,
  /** Somebody has looked at them and accepts them. */
  ACCEPT
}
