/** DoFns, run by Beam's own invokers. */
@NullMarked
package dev.attune.runner.pardo;

import org.jspecify.annotations.NullMarked;
