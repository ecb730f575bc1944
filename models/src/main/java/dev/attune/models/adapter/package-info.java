/** Chooses the adapter of a model. */
@NullMarked
package dev.attune.models.adapter;

import org.jspecify.annotations.NullMarked;
