@NullMarked
package dev.attune.testing.gcs;

import org.jspecify.annotations.NullMarked;
