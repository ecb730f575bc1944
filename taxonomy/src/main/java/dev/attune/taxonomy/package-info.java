/** Categories: loading a taxonomy with every fault named, and recognising what people write. */
@NullMarked
package dev.attune.taxonomy;

import org.jspecify.annotations.NullMarked;
