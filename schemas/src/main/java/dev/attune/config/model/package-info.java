/** The sections {@code models} and {@code spending} of attune.yaml. */
@NullMarked
package dev.attune.config.model;

import org.jspecify.annotations.NullMarked;
