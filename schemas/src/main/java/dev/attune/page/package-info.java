/** TODO-PACKAGE dev.attune.page */
@NullMarked
package dev.attune.page;

import org.jspecify.annotations.NullMarked;
