/**
 * A text as the finders of personal data see it: folded, with the places of its figures, and the
 * places that they find. Does not depend on Beam.
 */
@NullMarked
package dev.attune.pipeline.redact.finder;

import org.jspecify.annotations.NullMarked;
