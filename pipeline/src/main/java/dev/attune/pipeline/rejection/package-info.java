/** Rejected records, refusals and their reasons. Does not depend on Beam. */
@NullMarked
package dev.attune.pipeline.rejection;

import org.jspecify.annotations.NullMarked;
