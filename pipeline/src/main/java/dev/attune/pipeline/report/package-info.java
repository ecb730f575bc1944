/** Renders report.html, one self-contained page. Does not depend on Beam. */
@NullMarked
package dev.attune.pipeline.report;

import org.jspecify.annotations.NullMarked;
