/**
 * Shared by report.html and evaluation.html: the style, the security policy, and the format of
 * figures, which the terminal also uses.
 */
@NullMarked
package dev.attune.page;

import org.jspecify.annotations.NullMarked;
