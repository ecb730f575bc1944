package dev.attune.bench.measure;

/**
 * The input of a measurement. Equal inputs have the same records wherever they are generated.
 *
 * @param records the number of records in all sources
 * @param feedback whether every fifth record is a row of a database
 * @param near whether some texts are near to others, and near duplicates are removed
 */
record BenchInput(int records, boolean feedback, boolean near) {
  /** Returns the name of the directory with its files. */
  String folder() {
    return records + (feedback ? "-feedback" : "") + (near ? "-near" : "");
  }
}
