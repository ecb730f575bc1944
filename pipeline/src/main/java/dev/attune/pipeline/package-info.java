/** From three sources to a published dataset. {@link PrepareDataset} is the table of contents. */
@NullMarked
package dev.attune.pipeline;

import org.jspecify.annotations.NullMarked;
