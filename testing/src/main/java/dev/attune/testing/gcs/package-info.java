/**
 * A stub of the Cloud Storage JSON API on loopback. Tests start it in their own process, scripts
 * start {@link dev.attune.testing.gcs.StorageStub#main} in another one. It serves what Google's
 * Java client and Beam's file system send, checks every precondition, and injects the faults that a
 * test asks for. It shows how a client takes an answer; it does not prove what the service answers.
 */
@NullMarked
package dev.attune.testing.gcs;

import org.jspecify.annotations.NullMarked;
