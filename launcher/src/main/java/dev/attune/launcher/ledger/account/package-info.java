/** TODO-PACKAGE dev.attune.launcher.ledger.account */
@NullMarked
package dev.attune.launcher.ledger.account;

import org.jspecify.annotations.NullMarked;
