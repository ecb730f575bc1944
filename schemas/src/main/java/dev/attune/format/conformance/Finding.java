package dev.attune.format.conformance;

import dev.attune.format.rule.Rule;

/**
 * A finding at one place.
 *
 * @param file the file's name
 * @param line from 1; 0 for the file as a whole
 * @param rule that is broken
 * @param cause what was found; quotes at most 64 characters of a category, and no other text
 * @param fix how to correct it
 */
public record Finding(String file, long line, Rule rule, String cause, String fix) {}
