/** The heap budget of a run, and the temporary files for what exceeds it. */
@NullMarked
package dev.attune.runner.spill;

import org.jspecify.annotations.NullMarked;
