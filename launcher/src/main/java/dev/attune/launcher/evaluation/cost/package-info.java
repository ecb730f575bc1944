/** What an evaluation will ask and what that costs, before anybody is asked. */
@NullMarked
package dev.attune.launcher.evaluation.cost;

import org.jspecify.annotations.NullMarked;
