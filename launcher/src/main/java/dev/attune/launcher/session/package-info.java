/**
 * The text models of a command: opens what a user calls MODEL, with all layers, and agrees on the
 * cost.
 */
@NullMarked
package dev.attune.launcher.session;

import org.jspecify.annotations.NullMarked;
