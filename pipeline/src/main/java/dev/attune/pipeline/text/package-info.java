/** Normal forms of texts. Does not depend on Beam. */
@NullMarked
package dev.attune.pipeline.text;

import org.jspecify.annotations.NullMarked;
