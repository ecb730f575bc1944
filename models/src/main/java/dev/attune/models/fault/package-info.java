/**
 * Faults of providers: from an HTTP status, a broken connection or an unreadable answer to a {@link
 * dev.attune.models.ModelException} with a sentence for the user.
 */
@NullMarked
package dev.attune.models.fault;

import org.jspecify.annotations.NullMarked;
