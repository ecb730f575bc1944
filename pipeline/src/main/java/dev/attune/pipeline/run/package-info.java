/** TODO-PACKAGE dev.attune.pipeline.run */
@NullMarked
package dev.attune.pipeline.run;

import org.jspecify.annotations.NullMarked;
