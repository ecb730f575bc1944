package dev.attune.runner.step;

/**
 * Rules of Beam's model that are checked for each element.
 *
 * @param encodability every element that a DoFn outputs can be encoded and decoded, and consumers
 *     get the decoded copy
 * @param immutability no DoFn changes an element that it was given or has output
 */
public record Enforcement(boolean encodability, boolean immutability) {
  boolean any() {
    return encodability || immutability;
  }
}
