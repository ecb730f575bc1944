/** Loads taxonomies with every fault reported, and recognizes categories in answers. */
@NullMarked
package dev.attune.taxonomy;

import org.jspecify.annotations.NullMarked;
