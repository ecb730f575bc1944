/**
 * Promotion of models: the gate, the decisions in the ledger, and the env file that names the model
 * in use.
 */
@NullMarked
package dev.attune.launcher.promotion;

import org.jspecify.annotations.NullMarked;
