package dev.attune.pipeline.source.file;

/** Lists of work for tests: even the shortest is written into a file. */
public final class ShortLists {
  private ShortLists() {}

  /** Lets no list stand in a pipeline any more. */
  public static void keepOut() {
    ListWork.keepInPipeline(0);
  }

  public static void reset() {
    ListWork.keepAsUsual();
  }
}
