package dev.attune.bench;

/**
 * What is measured with; the same input has the same records wherever it is generated.
 *
 * @param records in all sources
 * @param feedback whether every fifth record is a row of a database
 * @param near whether some texts are near to others, and near duplicates are looked for
 */
record Input(int records, boolean feedback, boolean near) {
  /** The folder of its files. */
  String folder() {
    return records + (feedback ? "-feedback" : "") + (near ? "-near" : "");
  }
}
