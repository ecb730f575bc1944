/** The commands about tuning jobs: tune, watch, jobs and cancel. */
@NullMarked
package dev.attune.launcher.cli.jobs;

import org.jspecify.annotations.NullMarked;
