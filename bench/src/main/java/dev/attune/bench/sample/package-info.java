/** Makes data/bank-questions, the sample of attune demo. */
@NullMarked
package dev.attune.bench.sample;

import org.jspecify.annotations.NullMarked;
