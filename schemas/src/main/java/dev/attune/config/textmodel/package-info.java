/** The sections {@code models} and {@code spending} of attune.yaml. */
@NullMarked
package dev.attune.config.textmodel;

import org.jspecify.annotations.NullMarked;
