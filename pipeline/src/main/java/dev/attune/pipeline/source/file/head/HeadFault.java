package dev.attune.pipeline.source.file.head;

/**
 * The fault for which a file is refused after its first bytes were read.
 *
 * @param sentence what the file seems to be and what to do
 * @param column the index of the first mapped column at fault, or -1 if it is the file
 */
public record HeadFault(String sentence, int column) {
  public static HeadFault ofFile(String sentence) {
    return new HeadFault(sentence, -1);
  }
}
