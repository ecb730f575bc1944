/** The credentials with which this machine calls services of Google Cloud. */
@NullMarked
package dev.attune.credentials;

import org.jspecify.annotations.NullMarked;
