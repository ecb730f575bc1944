/** Chooses a provider's format; the only package that knows all of them. */
@NullMarked
package dev.attune.format.provider;

import org.jspecify.annotations.NullMarked;
