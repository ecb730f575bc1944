package dev.attune.schema;

/**
 * The version of the rules that decide the bytes of train.jsonl and valid.jsonl. Within one version
 * the same input gives the same bytes. It is in the manifest ({@code versions.rules}) and is part
 * of the input fingerprint; a dataset of another rules version cannot be a previous dataset.
 *
 * <p>It rises with every change that can alter train.jsonl or valid.jsonl for any input:
 *
 * <ul>
 *   <li>code of reading, redaction, checks, scores, formats, duplicates or the split, and data that
 *       they use (word lists, phrases);
 *   <li>the version of a library that produces or decides these bytes. The file rules-version.txt
 *       in pipeline's test resources names these libraries with their versions, and a test compares
 *       them with those of the build.
 * </ul>
 *
 * <p>Once for each release is enough. CHANGELOG says what changed.
 */
public final class RulesVersion {
  /**
   * The rules version of this code. A manifest without {@code versions.rules} was made by version
   * 1.
   */
  public static final int CURRENT = 2;

  private RulesVersion() {}
}
