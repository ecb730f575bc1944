/**
 * Creates, replaces, locks, hashes and deletes files and folders, with safe permissions and checks
 * against other users of the machine.
 */
@NullMarked
package dev.attune.filesystem;

import org.jspecify.annotations.NullMarked;
