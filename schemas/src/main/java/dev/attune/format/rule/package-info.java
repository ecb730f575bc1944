/** What is checked, by whose word, and what the rules about one line share. */
@NullMarked
package dev.attune.format.rule;

import org.jspecify.annotations.NullMarked;
