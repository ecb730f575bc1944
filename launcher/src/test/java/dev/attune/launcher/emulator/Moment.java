package dev.attune.launcher.emulator;

/** Where a call is when a hook sees it. */
public enum Moment {
  /** It arrived, and nothing is done yet. */
  ARRIVED,
  /** It is done, and its reply has not left. Not reached by a call that is not carried out. */
  DONE,
  /** Its reply was handed to the network, if it has one. */
  ANSWERED
}
