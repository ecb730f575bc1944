/** Who may use the H2 file of a ledger: its owner, by the password that stands beside it. */
@NullMarked
package dev.attune.launcher.ledger.account;

import org.jspecify.annotations.NullMarked;
