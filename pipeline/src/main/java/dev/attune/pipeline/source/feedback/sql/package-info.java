/** TODO-PACKAGE dev.attune.pipeline.source.feedback.sql */
@NullMarked
package dev.attune.pipeline.source.feedback.sql;

import org.jspecify.annotations.NullMarked;
