package dev.nightdesk.run;

import picocli.CommandLine.Option;

/** Whether somebody has looked at odd volumes and accepts them. */
final class VolumeOption {

  @Option(
      names = "--accept-volume",
      description = "Let pass dumps that are far smaller or larger than those before.")
  private boolean isAccepted;

  /** What becomes of a night with odd volumes. */
  NightOrder.OddVolumes volumes() {
    return isAccepted ? NightOrder.OddVolumes.ACCEPT : NightOrder.OddVolumes.STOP;
  }
}
