/** Telephone numbers in texts; libphonenumber decides what is one. Knows no Beam. */
@NullMarked
package dev.attune.pipeline.redact.phone;

import org.jspecify.annotations.NullMarked;
