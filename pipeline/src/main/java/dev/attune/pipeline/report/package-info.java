/** report.html: one self-contained page. No Beam in here. */
@NullMarked
package dev.attune.pipeline.report;

import org.jspecify.annotations.NullMarked;
