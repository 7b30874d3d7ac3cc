/**
 * Where state lives: one database behind one small interface. SQLite by default; the SQL is what SQLite and PostgreSQL
 * share. {@link belfry.store.Store} runs work in transactions, {@link belfry.store.Tx} is what work sees.
 */
@NullMarked
package belfry.store;

import org.jspecify.annotations.NullMarked;
