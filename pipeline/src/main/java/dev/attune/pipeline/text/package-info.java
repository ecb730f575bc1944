/** The normal form of texts. No Beam in here. */
@NullMarked
package dev.attune.pipeline.text;

import org.jspecify.annotations.NullMarked;
