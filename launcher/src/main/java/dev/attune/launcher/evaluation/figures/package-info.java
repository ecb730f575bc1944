/**
 * How good answers are: accuracy, precision, recall, F1, confusion, and how sure each figure is.
 * Plain arithmetic over categories; knows no model and no file.
 */
@NullMarked
package dev.attune.launcher.evaluation.figures;

import org.jspecify.annotations.NullMarked;
