/**
 * A stub of the Dataflow REST service on loopback. Tests start it in their own process, scripts
 * start {@link dev.attune.testing.dataflowapi.DataflowStub#main} in another one. It keeps the jobs
 * that it receives, moves them through the life that a test scripts, and injects faults. It runs no
 * pipeline. It shows how a client takes an answer; it does not prove what the service answers.
 */
@NullMarked
package dev.attune.testing.dataflowapi;

import org.jspecify.annotations.NullMarked;
