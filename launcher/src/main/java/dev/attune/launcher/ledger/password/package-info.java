/** Access to the H2 file of a ledger: its owner only, by the password in a file beside it. */
@NullMarked
package dev.attune.launcher.ledger.password;

import org.jspecify.annotations.NullMarked;
