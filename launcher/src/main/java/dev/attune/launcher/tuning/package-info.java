/**
 * The port to whoever tunes: what one job is, its states, and what a back end can do. Adapters are
 * in rooms of their own; this one knows no vendor.
 */
@NullMarked
package dev.attune.launcher.tuning;

import org.jspecify.annotations.NullMarked;
