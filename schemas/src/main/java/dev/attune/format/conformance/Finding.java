package dev.attune.format.conformance;

import dev.attune.format.rule.Rule;

/**
 * What is wrong at one place.
 *
 * @param file as the caller named it
 * @param line from 1; 0 where it is the file as a whole
 * @param rule that is broken
 * @param cause what stands there; never quotes a text, except a category, at most 64 characters
 * @param fix what to do about it
 */
public record Finding(String file, long line, Rule rule, String cause, String fix) {}
