/** The tables of migrations/, for typed queries; comments stand there. */
import { integer, sqliteTable, text } from "drizzle-orm/sqlite-core";

export const supervisors = sqliteTable("supervisors", {
  id: integer().primaryKey(),
  name: text().notNull(),
  epochId: integer("epoch_id"),
});

export const processes = sqliteTable("processes", {
  id: integer().primaryKey(),
  supervisorId: integer("supervisor_id").notNull(),
  group: text("group_name").notNull(),
  name: text().notNull(),
});

export const epochs = sqliteTable("epochs", {
  id: integer().primaryKey(),
  supervisorId: integer("supervisor_id").notNull(),
  epoch: text().notNull(),
  lastSeq: integer("last_seq").notNull(),
});

export const items = sqliteTable("items", {
  id: integer().primaryKey(),
  supervisorId: integer("supervisor_id").notNull(),
  processId: integer("process_id"),
  code: integer().notNull(),
  fromCode: integer("from_code"),
  flags: integer().notNull(),
  pid: integer(),
  tries: integer(),
  seq: integer(),
});

export const gaps = sqliteTable("gaps", {
  itemId: integer("item_id").primaryKey(),
  fromMs: integer("from_ms").notNull(),
  reason: text().notNull(),
  lost: integer(),
});

export const spawnerrs = sqliteTable("spawnerrs", {
  id: integer().primaryKey(),
  text: text().notNull(),
});

export const itemSpawnerrs = sqliteTable("item_spawnerrs", {
  itemId: integer("item_id").primaryKey(),
  spawnerrId: integer("spawnerr_id").notNull(),
});

export const endedSessions = sqliteTable("ended_sessions", {
  id: text().primaryKey(),
  expiresMs: integer("expires_ms").notNull(),
});
