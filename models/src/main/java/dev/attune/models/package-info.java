/**
 * Text models: a request, a reply, and the port {@link dev.attune.models.TextModel} that every
 * provider's adapter and every layer around it implements. Knows no Beam.
 */
@NullMarked
package dev.attune.models;

import org.jspecify.annotations.NullMarked;
