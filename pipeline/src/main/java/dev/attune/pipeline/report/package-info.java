/** TODO-PACKAGE dev.attune.pipeline.report */
@NullMarked
package dev.attune.pipeline.report;

import org.jspecify.annotations.NullMarked;
