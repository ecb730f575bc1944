/**
 * The offline check of providers' JSONL: what would fail, be dropped or be wasted after somebody
 * paid. Reads a file once, line by line, without building a tree or a text; its memory does not
 * grow with the file.
 */
@NullMarked
package dev.attune.format.conformance;

import org.jspecify.annotations.NullMarked;
