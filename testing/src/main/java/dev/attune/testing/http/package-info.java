/**
 * What the stubs of HTTP services share: a server on loopback, requests and replies, the record of
 * calls, and faults.
 */
@NullMarked
package dev.attune.testing.http;

import org.jspecify.annotations.NullMarked;
