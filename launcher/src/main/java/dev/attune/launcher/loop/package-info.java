/** TODO-PACKAGE dev.attune.launcher.loop */
@NullMarked
package dev.attune.launcher.loop;

import org.jspecify.annotations.NullMarked;
