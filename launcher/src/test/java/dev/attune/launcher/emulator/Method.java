package dev.attune.launcher.emulator;

/** What can be asked of the emulators. */
public enum Method {
  CREATE,
  GET,
  LIST,
  CANCEL,
  GENERATE,
  COUNT_TOKENS,
  /** Metadata of an object. */
  STAT,
  /** The beginning of a resumable upload. */
  UPLOAD,
  /** A chunk of it, the last of which makes the object; or a question how far it came. */
  CHUNK,
  /** An upload in one request. */
  PUT_AT_ONCE,
  DOWNLOAD
}
