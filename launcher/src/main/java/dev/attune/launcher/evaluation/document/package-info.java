/** TODO-PACKAGE dev.attune.launcher.evaluation.document */
@NullMarked
package dev.attune.launcher.evaluation.document;

import org.jspecify.annotations.NullMarked;
