/** Finds telephone numbers in texts with libphonenumber. Does not depend on Beam. */
@NullMarked
package dev.attune.pipeline.redact.phone;

import org.jspecify.annotations.NullMarked;
