/**
 * What report.html and evaluation.html share: the style, the security policy, and the one way to
 * write figures, which the terminal uses too.
 */
@NullMarked
package dev.attune.page;

import org.jspecify.annotations.NullMarked;
