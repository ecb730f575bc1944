/**
 * What attune.yaml may say of a database: the options of a jdbcUrl and the functions of a query, so
 * that a configuration from somebody else cannot run code on this machine.
 */
@NullMarked
package dev.attune.config.jdbc;

import org.jspecify.annotations.NullMarked;
