/**
 * Checks the options of a jdbcUrl and the functions of a query, so that a configuration from
 * another person cannot run code on this machine.
 */
@NullMarked
package dev.attune.config.jdbc;

import org.jspecify.annotations.NullMarked;
