/** The steps of attune run and attune demo: from the sources to a promoted model. */
@NullMarked
package dev.attune.launcher.loop;

import org.jspecify.annotations.NullMarked;
