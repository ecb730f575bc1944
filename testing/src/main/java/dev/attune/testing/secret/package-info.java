/** A stand-in for Google's Secret Manager, for tests. */
@NullMarked
package dev.attune.testing.secret;

import org.jspecify.annotations.NullMarked;
