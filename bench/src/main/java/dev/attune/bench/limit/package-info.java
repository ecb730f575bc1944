/** The pipeline's logic without Beam, which is the limit that prepare is compared with. */
@NullMarked
package dev.attune.bench.limit;

import org.jspecify.annotations.NullMarked;
