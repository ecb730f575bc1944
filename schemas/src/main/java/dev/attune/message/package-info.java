/** The sentences that Attune prints when it refuses something, kept apart from the code. */
@NullMarked
package dev.attune.message;

import org.jspecify.annotations.NullMarked;
