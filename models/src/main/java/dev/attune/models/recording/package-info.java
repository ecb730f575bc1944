/**
 * Keeps the answers of models by their requests, so that the same request costs nothing again and
 * gives the same answer. Requests are not kept, only their hashes.
 */
@NullMarked
package dev.attune.models.recording;

import org.jspecify.annotations.NullMarked;
