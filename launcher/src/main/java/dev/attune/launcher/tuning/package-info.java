/**
 * The port to back ends: the spec and the states of a tuning job, and the calls of a back end. The
 * adapters are in other packages; this one depends on no vendor.
 */
@NullMarked
package dev.attune.launcher.tuning;

import org.jspecify.annotations.NullMarked;
