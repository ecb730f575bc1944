/** TODO-PACKAGE dev.attune.pipeline.run.flink */
@NullMarked
package dev.attune.pipeline.run.flink;

import org.jspecify.annotations.NullMarked;
