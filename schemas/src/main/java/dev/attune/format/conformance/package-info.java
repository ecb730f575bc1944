/**
 * Checks providers' JSONL files offline, before tuning is paid for. Reads a file once, line by
 * line, with bounded memory.
 */
@NullMarked
package dev.attune.format.conformance;

import org.jspecify.annotations.NullMarked;
