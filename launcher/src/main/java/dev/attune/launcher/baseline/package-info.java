/**
 * The local back end, which needs no account: it trains a linear model over word n-grams in the
 * process that polls the job, and stores jobs and models in a folder. Any process can poll or
 * cancel a job, or train it if its trainer was killed. Only this package uses Tribuo.
 */
@NullMarked
package dev.attune.launcher.baseline;

import org.jspecify.annotations.NullMarked;
