/**
 * An independent opinion on published datasets: section 6 of the contract once more, as plain loops
 * over the records that a test made and the files that prepare wrote. Nothing here uses the code
 * that it judges, except to start a run.
 */
@NullMarked
package dev.attune.pipeline.judge;

import org.jspecify.annotations.NullMarked;
