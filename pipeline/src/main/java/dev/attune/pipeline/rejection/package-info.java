/** What becomes of a record that is not an example. No Beam in here. */
@NullMarked
package dev.attune.pipeline.rejection;

import org.jspecify.annotations.NullMarked;
