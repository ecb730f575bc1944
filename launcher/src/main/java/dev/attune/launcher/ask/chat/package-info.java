/** Chats with a model: many turns, kept in private files. */
@NullMarked
package dev.attune.launcher.ask.chat;

import org.jspecify.annotations.NullMarked;
