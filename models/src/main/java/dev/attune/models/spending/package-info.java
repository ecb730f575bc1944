/** The budget of a command: reserves the most that a request may cost before it is sent. */
@NullMarked
package dev.attune.models.spending;

import org.jspecify.annotations.NullMarked;
