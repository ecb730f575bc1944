/** Settings of a PostgreSQL that tests start. */
@NullMarked
package dev.attune.testing.postgresql;

import org.jspecify.annotations.NullMarked;
