/** The rules about tools: what is declared, what is called, and what is answered. */
@NullMarked
package dev.attune.format.check.tool;

import org.jspecify.annotations.NullMarked;
