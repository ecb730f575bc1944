/** The command demo: the loop on the sample data, everything under build/demo. */
@NullMarked
package dev.attune.launcher.demo;

import org.jspecify.annotations.NullMarked;
