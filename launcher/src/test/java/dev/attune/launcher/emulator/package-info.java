/**
 * Vertex AI and Cloud Storage on loopback, for tests: real servers behind the real clients, with
 * jobs that move, quotas, the service's own shapes of errors, and faults where a test asks for
 * them.
 */
@NullMarked
package dev.attune.launcher.emulator;

import org.jspecify.annotations.NullMarked;
