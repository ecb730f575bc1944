/**
 * Which model is in use: the gate that it must pass, the decisions in the ledger, the line in the
 * env file.
 */
@NullMarked
package dev.attune.launcher.promotion;

import org.jspecify.annotations.NullMarked;
