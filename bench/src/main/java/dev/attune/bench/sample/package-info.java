/** The maker of data/bank-questions, the sample that attune demo plays with. */
@NullMarked
package dev.attune.bench.sample;

import org.jspecify.annotations.NullMarked;
