/**
 * The back end that needs no account: it trains a linear model over word n-grams on this machine,
 * in the process that watches the job, and keeps jobs and models in a folder. Any process may ask
 * for a job, cancel it, or go on with one whose trainer is gone. The only room that knows Tribuo.
 */
@NullMarked
package dev.attune.launcher.baseline;

import org.jspecify.annotations.NullMarked;
