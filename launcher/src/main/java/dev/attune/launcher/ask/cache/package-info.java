/** Context caches by the names that users give them. */
@NullMarked
package dev.attune.launcher.ask.cache;

import org.jspecify.annotations.NullMarked;
