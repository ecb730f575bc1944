/** {@code attune template}, and the launcher of the template that it writes. */
@NullMarked
package dev.attune.launcher.cli.template;

import org.jspecify.annotations.NullMarked;
