/** What the judge knows of texts. */
@NullMarked
package dev.attune.pipeline.judge.text;

import org.jspecify.annotations.NullMarked;
